import type { Preferences } from '../../src-shared/ipc.ts';
import type { Shelf } from './platform.ts';

/**
 * Storage that the app keeps in a file: what a browser keeps for a page ends here with each meeting,
 * because each has a session of its own.
 */
export class Kept implements Shelf {
  readonly #values: Map<string, string>;
  readonly #save: (all: Preferences) => void;

  constructor(values: Preferences, save: (all: Preferences) => void) {
    this.#values = new Map(Object.entries(values));
    this.#save = save;
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
    this.#save(Object.fromEntries(this.#values));
  }
}
