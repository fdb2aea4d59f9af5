import { SWEEP_MS } from '../../../src-shared/limits.ts';
import type { Clock } from './ports.ts';

interface Deadline {
  readonly due: number;
  readonly run: () => void;
  readonly cancel: () => void;
}

/**
 * Timers by the wall clock. After a computer has slept, ordinary timers fire late; so every `SWEEP_MS`
 * everything that is overdue is run.
 */
export class Deadlines implements Clock {
  readonly #clock: Clock;
  readonly #pending = new Set<Deadline>();
  #stopSweeping: () => void;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#stopSweeping = clock.after(SWEEP_MS, () => this.#sweep());
  }

  now(): number {
    return this.#clock.now();
  }

  after(ms: number, run: () => void): () => void {
    if (this.#closed) return () => undefined;
    const deadline: Deadline = {
      due: this.#clock.now() + ms,
      run,
      cancel: this.#clock.after(ms, () => this.#reach(deadline)),
    };
    this.#pending.add(deadline);
    return () => this.#drop(deadline);
  }

  /** Cancels all timers, and ignores later ones. */
  close(): void {
    this.#closed = true;
    this.#stopSweeping();
    for (const deadline of this.#pending) this.#drop(deadline);
  }

  #reach(deadline: Deadline): void {
    this.#drop(deadline);
    deadline.run();
  }

  #drop(deadline: Deadline): void {
    deadline.cancel();
    this.#pending.delete(deadline);
  }

  #sweep(): void {
    this.#stopSweeping = this.#clock.after(SWEEP_MS, () => this.#sweep());
    const now = this.#clock.now();
    for (const deadline of this.#pending) if (deadline.due <= now) this.#reach(deadline);
  }
}
