import type { Clock } from '../ports.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';

interface PacedNoticeOptions {
  readonly clock: Clock;
  /** Each notice draws on each of these. */
  readonly limits: readonly RateLimit[];
  /** What a notice draws, at most a burst; absent: 1. */
  readonly cost?: () => number;
  /** Whether what is true now differs from what was told last. */
  readonly due: () => boolean;
  /** Tells what is true now. */
  readonly tell: () => void;
}

/**
 * Tells others of a state that changes: at once while its rates allow it, and otherwise as soon as they do. What
 * is told is the state at that moment, so several changes become one notice, and a change that is undone none.
 */
export class PacedNotice {
  readonly #options: PacedNoticeOptions;
  #stopWaiting: (() => void) | null = null;

  constructor(options: PacedNoticeOptions) {
    this.#options = options;
  }

  /** The state may have changed. */
  update(): void {
    const { clock, limits, cost = () => 1, due, tell } = this.#options;
    if (this.#stopWaiting || !due()) return;
    const amount = cost();
    const wait = Math.max(...limits.map((limit) => limit.msUntil(amount)));
    if (wait > 0) {
      this.#stopWaiting = clock.after(wait, () => {
        this.#stopWaiting = null;
        this.update();
      });
      return;
    }
    for (const limit of limits) limit.take(amount);
    tell();
  }

  /** Tells nothing more of what has changed so far. */
  stop(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
  }
}
