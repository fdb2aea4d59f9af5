/** Quitting the app: a person who hosts a meeting is asked first, and its participants are informed. */

export interface QuittingOptions {
  /** How many other people are in the meetings of this host. */
  guests: () => number;
  /** Asks whether to end the meeting for them. */
  confirm: (guests: number) => Promise<boolean>;
  /** Ends the meetings of this host and informs the participants. */
  end: () => Promise<void>;
  /** Quits the app. */
  quit: () => void;
  report: (error: unknown) => void;
}

export class Quitting {
  readonly #options: QuittingOptions;
  #state: 'running' | 'deciding' | 'ended' = 'running';

  constructor(options: QuittingOptions) {
    this.#options = options;
  }

  /** Handles every event that ends the app (the window's `close`, `before-quit`): prevents it until the participants are informed. */
  readonly hold = (event: { preventDefault(): void }): void => {
    if (this.#state === 'ended') return;
    event.preventDefault();
    if (this.#state === 'running') void this.#decide();
  };

  async #decide(): Promise<void> {
    const { guests, confirm, end, quit, report } = this.#options;
    this.#state = 'deciding';
    const count = guests();
    // If the dialog cannot be shown, the app quits nevertheless: the person asked for it.
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
