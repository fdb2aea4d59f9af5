/** What clients in tests keep of what they are told. */

/** Messages as they came, until somebody looks for them. */
export class Inbox<Message> {
  readonly #messages: Message[] = [];
  #waiting: (() => void)[] = [];

  add(message: Message): void {
    this.#messages.push(message);
    for (const look of this.#waiting.splice(0)) look();
  }

  /** The first message that `find` makes something of (null: nothing), here or still to come, as that; it is taken out. */
  async next<Found>(find: (message: Message) => Found | null): Promise<Found> {
    for (;;) {
      for (const [index, message] of this.#messages.entries()) {
        const found = find(message);
        if (found === null) continue;
        this.#messages.splice(index, 1);
        return found;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** All that came and was not taken out, in order. */
  get all(): readonly Message[] {
    return this.#messages;
  }

  clear(): void {
    this.#messages.length = 0;
  }
}
