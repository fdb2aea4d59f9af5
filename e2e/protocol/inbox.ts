import type { Fields } from './reply.ts';

/** Something the host has told somebody unasked. */
export interface Told {
  readonly name: string;
  readonly payload: Fields;
}

/** What somebody has been told and has not looked at yet, in order. */
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

  /** The first of this name, or the next to come; what else there is stays. */
  async next(name: string, isIt: (payload: Fields) => boolean = () => true): Promise<Fields> {
    for (;;) {
      const index = this.#told.findIndex((told) => told.name === name && isIt(told.payload));
      const [found] = index === -1 ? [] : this.#told.splice(index, 1);
      if (found) return found.payload;
      await new Promise<void>((look) => this.#looking.push(look));
    }
  }
}
