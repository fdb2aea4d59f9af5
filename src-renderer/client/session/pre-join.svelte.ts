import { roomInfo, type RoomAddress } from '../signaling/api.ts';
import type { SessionTimers } from './timers.ts';

/** How long people may come and go before they are counted again, ms. */
const SETTLE_MS = 500;
/** How long the host may take to answer until pre-join is shown again, and says so, ms. */
const ANSWER_MS = 300;

interface PreJoinOptions {
  readonly where: RoomAddress;
  readonly timers: SessionTimers;
  /** Whether the tiles that are laid out are all there would be among so many people, as far as one can know. */
  readonly isLaidOut: (count: number) => boolean;
}

/**
 * What is seen of a room before one is in: how many are there, and, from the click on *Join* on, the room itself
 * though the host has not answered.
 */
export class PreJoin {
  readonly #options: PreJoinOptions;
  #count = $state<number | null>(0);
  #entering = $state(false);

  constructor(options: PreJoinOptions) {
    this.#options = options;
  }

  /** How many are in; null where the room does not tell. The host tells nobody who is not: it is asked. */
  get count(): number | null {
    return this.#count;
  }

  /** Whether the room is seen already. */
  get entering(): boolean {
    return this.#entering;
  }

  /** The host has said how many are in. */
  found(count: number | null): void {
    this.#count = count;
  }

  /** What is received has changed: somebody has come or gone, or turned something on or off. */
  changed(): void {
    if (this.#count !== null && !this.#isForeseen) this.#options.timers.set('count', SETTLE_MS, () => void this.#ask());
  }

  /** *Join* was pressed. The room is shown if it will look as it is laid out. @param ready whether one message is enough */
  join({ ready }: { ready: boolean }): void {
    this.#options.timers.clear('count');
    if (!ready || !this.#isForeseen || !this.#count) return;
    this.#entering = true;
    this.#options.timers.set('answer', ANSWER_MS, () => this.end());
  }

  /** The host has let them in: the room stays. */
  answered(): void {
    this.#options.timers.clear('answer');
  }

  /** They are in, or shall see pre-join again. Idempotent. */
  end(): void {
    this.#options.timers.clear('answer');
    this.#entering = false;
  }

  get #isForeseen(): boolean {
    return this.#count !== null && this.#options.isLaidOut(this.#count);
  }

  async #ask(): Promise<void> {
    // A host that does not answer, and a room that is not there any more, are heard of otherwise.
    const room = await roomInfo(this.#options.where).catch(() => null);
    if (room) this.#count = room.participants ?? null;
  }
}
