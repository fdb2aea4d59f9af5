import type { Participant, Role } from '../../../../src-shared/protocol/index.ts';
import type { Microphone } from '../../devices/microphone.svelte.ts';
import type { ParticipantView } from '../../view.ts';
import { SPEECH_LEVEL } from './speaking.ts';

/** Someone in the meeting, as the host and their own doings describe them. */
export class RoomParticipant implements ParticipantView {
  readonly userId: string;
  readonly self: boolean;
  name = $state('');
  role = $state<Role>('participant');
  hand = $state(false);
  lost = $state(false);
  reaction = $state<string | null>(null);
  #muted = $state(true);
  #speaking = $state(false);
  readonly #own: OwnVoice | null;

  /** @param own for oneself: one's own microphone knows sooner than the host */
  constructor(description: Participant, own: OwnVoice | null) {
    this.userId = description.userId;
    this.self = own !== null;
    this.#own = own;
    this.update(description);
  }

  get muted(): boolean {
    return this.#own ? this.#own.muted : this.#muted;
  }
  set muted(muted: boolean) {
    this.#muted = muted;
  }

  get speaking(): boolean {
    return this.#own ? this.#own.speaking : this.#speaking && !this.#muted;
  }
  set speaking(speaking: boolean) {
    this.#speaking = speaking;
  }

  update({ userName, role, hand, connection }: Participant): void {
    this.name = userName;
    this.role = role;
    this.hand = hand;
    this.lost = connection === 'lost';
  }
}

export interface OwnVoice {
  readonly muted: boolean;
  readonly speaking: boolean;
}

/** What one's own microphone says of oneself. */
export function ownVoice(microphone: Pick<Microphone, 'on' | 'track' | 'level'>): OwnVoice {
  return {
    get muted() {
      return !microphone.on || !microphone.track;
    },
    get speaking() {
      return microphone.on && microphone.level > SPEECH_LEVEL;
    },
  };
}

/**
 * Somebody of whom nothing is known yet but that there will be a picture of them.
 *
 * @param own for oneself
 */
export function nameless(userId: string, own: OwnVoice | null): RoomParticipant {
  const unknown = { socketId: '', userName: '', role: 'participant', isHost: false, hand: false } as const;
  return new RoomParticipant({ ...unknown, userId, connection: 'ok' }, own);
}
