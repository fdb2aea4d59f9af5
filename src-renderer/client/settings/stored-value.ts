import * as v from 'valibot';
import { platform } from '../../platform/index.ts';
import type { KeyValueStorage } from '../../platform/index.ts';

/** One value in the storage of the browser or the app. */
export interface StoredValue<Value> {
  /** Null when there is none, or none of this shape (any more). */
  read(): Value | null;
  write(value: Value): void;
  /** From now on there is none. */
  clear(): void;
}

/**
 * The value of this shape under `key`. Storage that is full, forbidden or damaged behaves like
 * empty storage: the page works without stored values.
 *
 * @param storage a function, because reading the property `localStorage` throws where storage is forbidden
 */
export function storedValue<const Schema extends v.GenericSchema>(
  storage: () => KeyValueStorage,
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
    // An empty text is no JSON.
    clear: () => void attempt(() => storage().setItem(key, '')),
  };
}

function attempt<Value>(act: () => Value): Value | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Stored until the person clears the data of the browser or the app. */
export const onThisComputer = (): KeyValueStorage => platform.storage;
/** Stored until the tab is closed; reloading the page keeps it. */
export const inThisTab = (): KeyValueStorage => sessionStorage;
