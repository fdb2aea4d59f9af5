import type { Clock } from '../ports.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';

interface PacedNoticeOptions<State> {
  readonly clock: Clock;
  /** Each notice draws on each of these. */
  readonly limits: readonly RateLimit[];
  /** The state now; null: it is as it was told last, or there is nobody to tell. */
  readonly untold: () => State | null;
  /** What a notice of this state draws, at most a burst; absent: 1. */
  readonly cost?: (state: State) => number;
  readonly tell: (state: State) => void;
}

/**
 * Tells others of a state that changes: at once while its rates allow it, and otherwise as soon as they do. What
 * is told is the state at that moment, so several changes become one notice, and a change that is undone none.
 */
export class PacedNotice<State> {
  readonly #options: PacedNoticeOptions<State>;
  #stopWaiting: (() => void) | null = null;

  constructor(options: PacedNoticeOptions<State>) {
    this.#options = options;
  }

  /** The state may have changed. */
  update(): void {
    const { clock, limits, untold, cost = () => 1, tell } = this.#options;
    const state = this.#stopWaiting ? null : untold();
    if (state === null) return;
    const amount = cost(state);
    const wait = Math.max(...limits.map((limit) => limit.msUntil(amount)));
    if (wait > 0) {
      this.#stopWaiting = clock.after(wait, () => {
        this.#stopWaiting = null;
        this.update();
      });
      return;
    }
    for (const limit of limits) limit.take(amount);
    tell(state);
  }

  /** Tells nothing more of what has changed so far. */
  stop(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
  }
}
