import type { SessionTimers } from './timers.ts';

/** How long the first picture is waited for with what follows it, ms. */
const PICTURE_MS = 150;

/**
 * The moment between the host's answer and the first picture. Both want the page's thread: what is
 * told of the meeting then waits, in order, and the picture is shown.
 */
export class Arrival {
  #waiting: (() => void)[] | null = null;
  readonly #timers: SessionTimers;

  constructor(timers: SessionTimers) {
    this.#timers = timers;
  }

  /** Does it at once; while somebody arrives, after what waits already. */
  tell(work: () => void): void {
    if (this.#waiting) this.#waiting.push(work);
    else work();
  }

  /** What is told from now on waits, but not for long. */
  begin(firstPicture: Promise<unknown>): void {
    this.#waiting ??= [];
    this.#timers.set('first-picture', PICTURE_MS, () => this.end());
    void firstPicture.then(() => this.end());
  }

  /** What waits is done; one that fails keeps nobody else from it. Idempotent. */
  end(): void {
    for (const work of this.#take()) {
      try {
        work();
      } catch (error) {
        reportError(error);
      }
    }
  }

  /** What waits is forgotten. Idempotent. */
  drop(): void {
    this.#take();
  }

  #take(): (() => void)[] {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#timers.clear('first-picture');
    return waiting;
  }
}
