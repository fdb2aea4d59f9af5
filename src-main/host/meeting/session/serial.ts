/** Runs tasks one after another. If none is running, a task starts at once, in the same tick. */
export class Serial {
  #last: Promise<void> | null = null;

  run<Result>(task: () => Result | Promise<Result>): Promise<Result> {
    const result = this.#last ? this.#last.then(task) : new Promise<Result>((resolve) => resolve(task()));
    const settled: Promise<void> = result.then(ignore, ignore).then(() => {
      if (this.#last === settled) this.#last = null;
    });
    this.#last = settled;
    return result;
  }
}

function ignore(): void {
  // The caller handles a failure; the next task runs in any case.
}
