import type { Participant } from '../../../src-shared/protocol/index.ts';
import { HOLD_MS, hearSpeakers } from './speaking.ts';
import type { Speakers } from './speaking.ts';
import { RoomParticipant, nameless } from './participant.svelte.ts';
import type { OwnVoice } from './participant.svelte.ts';

/** How long a reaction is shown, ms. */
const REACTION_MS = 4000;

/** Who is in, in the order they came. Whoever stays keeps identity and place, through reconnects too. */
export class Participants {
  readonly #own: OwnVoice;
  #others = $state.raw<readonly RoomParticipant[]>([]);
  #self = $state.raw<RoomParticipant | null>(null);
  #speakers: Speakers = new Map();
  #sweep: ReturnType<typeof setTimeout> | undefined;
  readonly #reactions = new Map<string, ReturnType<typeof setTimeout>>();

  /** Oneself before one has joined: in no list. */
  readonly nobody = nameless('', { muted: false, speaking: false });

  /** All, oneself last. */
  readonly all: readonly RoomParticipant[] = $derived(this.#self ? [...this.#others, this.#self] : this.#others);

  constructor(own: OwnVoice) {
    this.#own = own;
  }

  get self(): RoomParticipant | null {
    return this.#self;
  }

  find(userId: string): RoomParticipant | undefined {
    return this.all.find((person) => person.userId === userId);
  }

  /** Who the host says is in now. */
  reset(participants: readonly Participant[], selfId: string): void {
    const present = new Set(participants.map(({ userId }) => userId));
    this.#others = this.#others.filter(({ userId }) => present.has(userId));
    if (this.#self?.userId !== selfId) this.#self = null;
    for (const participant of participants) this.put(participant, selfId);
  }

  /** Someone who came, or of whom something changed. */
  put(participant: Participant, selfId = this.#self?.userId): void {
    const known = this.find(participant.userId);
    if (known) known.update(participant);
    else if (participant.userId === selfId) this.#self = new RoomParticipant(participant, this.#own);
    else this.#others = [...this.#others, new RoomParticipant(participant, null)];
  }

  remove(userId: string): void {
    this.#others = this.#others.filter((person) => person.userId !== userId);
  }

  react(userId: string, reaction: string): void {
    const person = this.find(userId);
    if (!person) return;
    clearTimeout(this.#reactions.get(userId));
    person.reaction = reaction;
    this.#reactions.set(
      userId,
      setTimeout(() => (person.reaction = null), REACTION_MS),
    );
  }

  /** These were heard just now. */
  hear(userIds: Iterable<string>): void {
    this.#speakers = hearSpeakers(this.#speakers, userIds, Date.now());
    for (const person of this.#others) person.speaking = this.#speakers.has(person.userId);
    clearTimeout(this.#sweep);
    if (this.#speakers.size > 0) this.#sweep = setTimeout(() => this.hear([]), HOLD_MS);
  }

  close(): void {
    clearTimeout(this.#sweep);
    for (const timer of this.#reactions.values()) clearTimeout(timer);
  }
}
