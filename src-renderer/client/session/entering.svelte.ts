import type { SessionTimers } from './timers.ts';

/** How long the host may take to answer until pre-join is shown again, and says so, ms. */
const ANSWER_MS = 300;

/** The moment after the click on *Join* in which the room is seen already, though the host has not answered. */
export class Entering {
  #now = $state(false);
  readonly #timers: SessionTimers;

  constructor(timers: SessionTimers) {
    this.#timers = timers;
  }

  get now(): boolean {
    return this.#now;
  }

  begin(): void {
    this.#now = true;
    this.#timers.set('answer', ANSWER_MS, () => this.end());
  }

  /** The host has answered: the room stays. */
  answered(): void {
    this.#timers.clear('answer');
  }

  /** They are in, or shall see pre-join again. Idempotent. */
  end(): void {
    this.#timers.clear('answer');
    this.#now = false;
  }
}
