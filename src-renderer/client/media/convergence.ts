/**
 * Works towards a wish that may change at any time, one step after the other. `next` starts the step
 * that is due now, or says with null that everything is as wished.
 */
export class Convergence {
  readonly #next: () => Promise<unknown> | null;
  #running: Promise<void> | null = null;

  constructor(next: () => Promise<unknown> | null) {
    this.#next = next;
  }

  /** Resolves when all is as wished, wishes made meanwhile included; rejects with the error of a step, and stops there. */
  run(): Promise<void> {
    const first = this.#running ? null : this.#next();
    if (first) this.#running = this.#work(first);
    return this.#running ?? Promise.resolve();
  }

  async #work(first: Promise<unknown>): Promise<void> {
    try {
      for (let step: Promise<unknown> | null = first; step; step = this.#next()) await step;
    } finally {
      this.#running = null;
    }
  }
}
