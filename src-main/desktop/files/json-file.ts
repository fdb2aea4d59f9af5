/** A small JSON file in the app's data folder. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

export class JsonFile<Value> {
  readonly #path: string;
  readonly #durable: boolean;
  #value: Value;

  /**
   * Reads the file once. If it is missing or does not match `schema`, the value is `empty`.
   *
   * @param durable whether a power loss right after `save` must lose nothing; each save then waits for the disk
   */
  constructor(path: string, schema: v.GenericSchema<unknown, Value>, empty: Value, { durable = false } = {}) {
    this.#path = path;
    this.#durable = durable;
    this.#value = read(path, schema) ?? empty;
  }

  get value(): Value {
    return this.#value;
  }

  /** Writes atomically: after a crash the file has its old content. @throws errors of the file system */
  save(value: Value): void {
    this.#value = value;
    mkdirSync(dirname(this.#path), { recursive: true });
    const fresh = `${this.#path}.${process.pid}.new`;
    try {
      writeFileSync(fresh, JSON.stringify(value), { mode: 0o600, flush: this.#durable });
      renameSync(fresh, this.#path);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
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
