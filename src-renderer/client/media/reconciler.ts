import { passes, problemOf } from '../problem.ts';
import { retryDelay } from '../signaling/retry-policy.ts';

/** Something that has a wanted and an actual state. */
export interface Reconcilable {
  /** Starts the request that is due now; null: actual is as wanted. */
  next(): Promise<unknown> | null;
}

interface Job {
  running: Promise<void> | null;
  /** Set while the next attempt waits. */
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Attempts that failed one after the other. */
  failures: number;
}

/**
 * Brings everything a person sends and receives from its actual to its wanted state: per item one
 * request after the other, however often the wanted state changes meanwhile. A request that fails for
 * a reason that passes (rate, timeout, media restarting) is tried again with back-off while connected,
 * and at once when the connection is back. A request the host refuses for good is not repeated until
 * something else is wanted.
 */
export class Reconciler {
  readonly #connected: () => boolean;
  /** Of items that are worked on, or failed; one that is as wanted has none. */
  readonly #jobs = new Map<Reconcilable, Job>();
  #closed = false;

  /** @param connected whether requests reach the host now */
  constructor(connected: () => boolean) {
    this.#connected = connected;
  }

  /**
   * Works on `item`. Resolves when it is as wanted, or its next attempt has to wait; rejects with the
   * error of a request that failed, which may be tried again nevertheless.
   */
  settle(item: Reconcilable): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const job = this.#jobs.get(item) ?? { running: null, timer: undefined, failures: 0 };
    if (job.running) return job.running;
    if (job.timer !== undefined) return Promise.resolve();
    const first = item.next();
    if (!first) {
      this.#jobs.delete(item);
      return Promise.resolve();
    }
    this.#jobs.set(item, job);
    job.running = this.#work(item, job, first);
    return job.running;
  }

  /** The connection is back: what failed is tried at once. */
  resume(): void {
    for (const [item, job] of this.#jobs) {
      clearTimeout(job.timer);
      job.timer = undefined;
      job.failures = 0;
      this.#settleUnheard(item);
    }
  }

  /** Stops all attempts. Idempotent. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#jobs.values()) clearTimeout(timer);
    this.#jobs.clear();
  }

  async #work(item: Reconcilable, job: Job, first: Promise<unknown>): Promise<void> {
    try {
      for (let step: Promise<unknown> | null = first; step; step = this.#closed ? null : item.next()) await step;
      this.#jobs.delete(item);
    } catch (error) {
      this.#failed(item, job, error);
      throw error;
    } finally {
      job.running = null;
    }
  }

  #failed(item: Reconcilable, job: Job, error: unknown): void {
    // Not connected: `resume` tries again.
    if (this.#closed || !this.#connected() || !passes(problemOf(error))) return;
    job.timer = setTimeout(
      () => {
        job.timer = undefined;
        this.#settleUnheard(item);
      },
      retryDelay(++job.failures, Math.random),
    );
  }

  /** A failure leads to the next attempt; no caller waits for it. */
  #settleUnheard(item: Reconcilable): void {
    this.settle(item).catch(() => undefined);
  }
}
