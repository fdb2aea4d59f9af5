import * as v from 'valibot';
import { platform } from '../../platform/index.ts';
import type { Shelf } from '../../platform/index.ts';

/** One value kept by the browser between visits. */
export interface StoredValue<Value> {
  /** Null when there is none, or none of this shape (any more). */
  read(): Value | null;
  write(value: Value): void;
}

/**
 * The value of this shape under `key`. Storage that is full, forbidden or tampered with behaves like
 * an empty one: what is remembered is a comfort, never a condition.
 *
 * @param storage a function, because merely touching `localStorage` throws where it is forbidden
 */
export function storedValue<const Schema extends v.GenericSchema>(
  storage: () => Shelf,
  key: string,
  schema: Schema,
): StoredValue<v.InferOutput<Schema>> {
  return {
    read() {
      return attempt(() => {
        const text = storage().getItem(key);
        if (text === null) return null;
        const result = v.safeParse(schema, JSON.parse(text));
        return result.success ? result.output : null;
      });
    },
    write: (value) => void attempt(() => storage().setItem(key, JSON.stringify(value))),
  };
}

function attempt<Value>(act: () => Value): Value | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Kept until the person clears the browser's or the app's data. */
export const onThisComputer = (): Shelf => platform.storage;
/** Kept until the tab is closed, through reloads. */
export const inThisTab = (): Shelf => sessionStorage;
