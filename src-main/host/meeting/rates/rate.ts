import type { Clock } from '../ports.ts';

/** At most `max` in any `windowMs`. */
export class Rate {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #windowMs: number;
  #taken: number[] = [];

  constructor(clock: Clock, max: number, windowMs: number) {
    this.#clock = clock;
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Counts `amount` more. False, and nothing counted: that would be too many. */
  take(amount: number): boolean {
    const now = this.#clock.now();
    this.#taken = this.#taken.filter((at) => now - at < this.#windowMs);
    if (this.#taken.length + amount > this.#max) return false;
    this.#taken.push(...Array.from({ length: amount }, () => now));
    return true;
  }
}
