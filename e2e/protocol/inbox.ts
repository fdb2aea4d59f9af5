import type { Fields } from './reply.ts';

/** An event of the host. */
export interface Told {
  readonly name: string;
  readonly payload: Fields;
}

/** The events that a client has received and not read yet, in order. */
export class Inbox {
  readonly #told: Told[] = [];
  #looking: (() => void)[] = [];

  add(name: string, payload: Fields): void {
    this.#told.push({ name, payload });
    for (const look of this.#looking.splice(0)) look();
  }

  /** All of it. */
  take(): Told[] {
    return this.#told.splice(0);
  }

  /** The first event of this name, or the next one; the others stay. */
  async next(name: string, isIt: (payload: Fields) => boolean = () => true): Promise<Fields> {
    for (;;) {
      const index = this.#told.findIndex((told) => told.name === name && isIt(told.payload));
      const [found] = index === -1 ? [] : this.#told.splice(index, 1);
      if (found) return found.payload;
      await new Promise<void>((look) => this.#looking.push(look));
    }
  }
}
