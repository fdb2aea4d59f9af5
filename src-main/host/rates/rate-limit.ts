/** How often something may be done. */
export interface Allowance {
  /** How much at once, after a quiet time. */
  readonly burst: number;
  /** How much in the long run. */
  readonly perSecond: number;
}

/** A token bucket that begins full. */
export class RateLimit {
  readonly #now: () => number;
  readonly #allowance: Allowance;
  #tokens: number;
  /** Up to when it has been filled, ms. */
  #filledAt: number;

  /** @param now the time in ms, from whatever origin */
  constructor(now: () => number, allowance: Allowance) {
    this.#now = now;
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
    this.#filledAt = now();
  }

  /** Takes `amount`. False, and nothing taken: there is not as much now. */
  take(amount = 1): boolean {
    if (!this.has(amount)) return false;
    this.#tokens -= amount;
    return true;
  }

  /** Whether `amount` could be taken now. */
  has(amount = 1): boolean {
    this.#fill();
    return this.#tokens >= amount;
  }

  /** How long until `amount`, at most a burst, can be taken if nobody takes it before; whole ms, 0: now. */
  msUntil(amount = 1): number {
    if (this.has(amount)) return 0;
    return Math.max(1, Math.ceil(((amount - this.#tokens) / this.#allowance.perSecond) * 1000));
  }

  #fill(): void {
    const now = this.#now();
    // A clock that is set back takes nothing away.
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#allowance.perSecond;
    this.#tokens = Math.min(this.#allowance.burst, this.#tokens + gained);
    this.#filledAt = now;
  }
}

/** The same allowance for each of many, such as addresses. Of more than `max` the one used longest ago is forgotten. */
export class RateLimits {
  readonly #now: () => number;
  readonly #allowance: Allowance;
  readonly #max: number;
  readonly #byKey = new Map<string, RateLimit>();

  constructor(now: () => number, allowance: Allowance, max: number) {
    this.#now = now;
    this.#allowance = allowance;
    this.#max = max;
  }

  take(key: string, amount = 1): boolean {
    const limit = this.#byKey.get(key) ?? new RateLimit(this.#now, this.#allowance);
    this.#byKey.delete(key);
    this.#byKey.set(key, limit);
    if (this.#byKey.size > this.#max) {
      const [oldest] = this.#byKey.keys();
      if (oldest !== undefined) this.#byKey.delete(oldest);
    }
    return limit.take(amount);
  }

  has(key: string, amount = 1): boolean {
    return this.#byKey.get(key)?.has(amount) ?? true;
  }
}
