import type { Participant } from '../../../../src-shared/protocol/index.ts';
import { HOLD_MS, hearSpeakers } from './speaking.ts';
import type { Speakers } from './speaking.ts';
import { RoomParticipant, nameless } from './participant.svelte.ts';
import type { OwnVoice } from './participant.svelte.ts';

/** How long a reaction is shown, ms. */
const REACTION_MS = 4000;

/** Who is in, in the order they came. Whoever stays keeps identity and place, through reconnects too. */
export class Participants {
  readonly #own: OwnVoice;
  /** The others, in the order they came. */
  readonly #byUserId = new Map<string, RoomParticipant>();
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
    return this.#self?.userId === userId ? this.#self : this.#byUserId.get(userId);
  }

  /** Who the host says is in now. */
  reset(participants: readonly Participant[], selfId: string): void {
    const present = new Set(participants.map(({ userId }) => userId));
    for (const userId of this.#byUserId.keys()) if (!present.has(userId)) this.#byUserId.delete(userId);
    if (this.#self?.userId !== selfId) this.#self = null;
    for (const participant of participants) this.#put(participant, selfId);
    this.#list();
  }

  /** Someone who came, or of whom something changed. */
  put(participant: Participant): void {
    this.#put(participant, this.#self?.userId);
    this.#list();
  }

  remove(userId: string): void {
    if (this.#byUserId.delete(userId)) this.#list();
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
  markSpeaking(userIds: Iterable<string>): void {
    this.#speakers = hearSpeakers(this.#speakers, userIds, Date.now());
    for (const person of this.#others) person.speaking = this.#speakers.has(person.userId);
    clearTimeout(this.#sweep);
    if (this.#speakers.size > 0) this.#sweep = setTimeout(() => this.markSpeaking([]), HOLD_MS);
  }

  #put(participant: Participant, selfId: string | undefined): void {
    const known = this.find(participant.userId);
    if (known) known.update(participant);
    else if (participant.userId === selfId) this.#self = new RoomParticipant(participant, this.#own);
    else this.#byUserId.set(participant.userId, new RoomParticipant(participant, null));
  }

  /** Once for however many have come or gone; somebody of whom only something changed is told by themselves. */
  #list(): void {
    const others = [...this.#byUserId.values()];
    const same = others.length === this.#others.length && others.every((one, index) => one === this.#others[index]);
    if (!same) this.#others = others;
  }

  close(): void {
    clearTimeout(this.#sweep);
    for (const timer of this.#reactions.values()) clearTimeout(timer);
  }
}
