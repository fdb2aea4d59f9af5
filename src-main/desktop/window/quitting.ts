/** Leaving the app: a host asks first, and tells its guests. */

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
    if (count > 0 && !(await confirm(count))) {
      this.#state = 'running';
      return;
    }
    await end().catch(report);
    this.#state = 'ended';
    quit();
  }
}
