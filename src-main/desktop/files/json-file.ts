/** A small file of the app's own in its data folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

export class JsonFile<Value> {
  readonly #path: string;
  #value: Value;

  /** Reads it once. One that is missing, or not what `schema` describes, counts as `empty`. */
  constructor(path: string, schema: v.GenericSchema<unknown, Value>, empty: Value) {
    this.#path = path;
    this.#value = read(path, schema) ?? empty;
  }

  get value(): Value {
    return this.#value;
  }

  /** Whole or not at all: a crash in between leaves the old content. @throws what the file system does */
  save(value: Value): void {
    this.#value = value;
    mkdirSync(dirname(this.#path), { recursive: true });
    const fresh = `${this.#path}.new`;
    writeFileSync(fresh, JSON.stringify(value), { mode: 0o600 });
    renameSync(fresh, this.#path);
  }
}

function read<Value>(path: string, schema: v.GenericSchema<unknown, Value>): Value | null {
  try {
    const result = v.safeParse(schema, JSON.parse(readFileSync(path, 'utf8')));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
