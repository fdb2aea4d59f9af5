/** The key each address answered with, for links that do not name one. */
import * as v from 'valibot';
import { MAX_KNOWN_HOSTS } from '../../../src-shared/limits.ts';
import { JsonFile } from '../files/json-file.ts';

const File = v.record(v.string(), v.string());

export class KnownHosts {
  readonly #file: JsonFile<Record<string, string>>;

  constructor(path: string) {
    this.#file = new JsonFile(path, File, {});
  }

  /** The fingerprint `origin` had the last time. */
  get(origin: string): string | undefined {
    return Object.hasOwn(this.#file.value, origin) ? this.#file.value[origin] : undefined;
  }

  /** Remembers it, forgetting the oldest addresses beyond the limit. */
  remember(origin: string, fingerprint: string): void {
    if (this.get(origin) === fingerprint) return;
    const others = Object.entries(this.#file.value).filter(([known]) => known !== origin);
    const newest: [string, string][] = [...others, [origin, fingerprint]];
    this.#file.save(Object.fromEntries(newest.slice(-MAX_KNOWN_HOSTS)));
  }
}
