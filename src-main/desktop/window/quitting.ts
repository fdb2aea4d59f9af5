/** Quitting the app: a host is asked first, and its guests are told. */

export interface QuittingOptions {
  /** How many others are in meetings hosted here. */
  guests: () => number;
  /** Asks whether to end the meeting for them. */
  confirm: (guests: number) => Promise<boolean>;
  /** Ends the meetings hosted here and tells everyone. */
  end: () => Promise<void>;
  /** Quits for good. */
  quit: () => void;
  report: (error: unknown) => void;
}

export class Quitting {
  readonly #options: QuittingOptions;
  #state: 'running' | 'deciding' | 'ended' = 'running';

  constructor(options: QuittingOptions) {
    this.#options = options;
  }

  /** For everything that ends the app (the window's `close`, `before-quit`): held until the guests are told. */
  readonly hold = (event: { preventDefault(): void }): void => {
    if (this.#state === 'ended') return;
    event.preventDefault();
    if (this.#state === 'running') void this.#decide();
  };

  async #decide(): Promise<void> {
    const { guests, confirm, end, quit, report } = this.#options;
    this.#state = 'deciding';
    const count = guests();
    // A question that cannot be shown must not keep the app running for ever: the person asked to quit.
    const agreed = count === 0 || (await confirm(count).catch((error: unknown) => (report(error), true)));
    if (!agreed) {
      this.#state = 'running';
      return;
    }
    await end().catch(report);
    this.#state = 'ended';
    quit();
  }
}
