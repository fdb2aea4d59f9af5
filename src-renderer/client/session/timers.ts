/** What a session waits for. */
export type SessionTimer =
  /** The next attempt after a failure that passes. */
  | 'retry'
  /** What follows the first picture, in case that takes long. */
  | 'first-picture'
  /** Pre-join, in case the host's answer to a join takes long. */
  | 'answer'
  /** Those who are in, once nobody comes or goes. */
  | 'count'
  /** What nobody waits for, once they are in. */
  | 'settle';

/** The one owner of all timers of a session: one that is set again begins anew, and all end with the session. */
export class SessionTimers {
  readonly #timers = new Map<SessionTimer, ReturnType<typeof setTimeout>>();

  /** @param ms from now */
  set(name: SessionTimer, ms: number, work: () => void): void {
    this.clear(name);
    const timer = setTimeout(() => {
      this.#timers.delete(name);
      work();
    }, ms);
    this.#timers.set(name, timer);
  }

  clear(name: SessionTimer): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  clearAll(): void {
    for (const name of [...this.#timers.keys()]) this.clear(name);
  }
}
