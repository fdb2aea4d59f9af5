/** What each address had at the first contact: a key of its own, or a certificate issued by a CA. */
import * as v from 'valibot';
import { MAX_KNOWN_HOSTS } from '../../../src-shared/limits.ts';
import { JsonFile } from '../files/json-file.ts';

/**
 * What is accepted from an address. `key`: that key and no other. `ca`: any certificate for that name
 * that a CA has issued, because a renewal may change the key.
 */
const KnownHost = v.variant('trust', [
  v.object({ trust: v.literal('key'), fingerprint: v.string() }),
  v.object({ trust: v.literal('ca') }),
]);
export type KnownHost = v.InferOutput<typeof KnownHost>;

const Current = v.object({ version: v.literal(2), hosts: v.record(v.string(), KnownHost) });
type File = v.InferOutput<typeof Current>;

/** 0.1.0 had no version field, and for each address the fingerprint of its key. */
const Version1 = v.pipe(
  v.record(v.string(), v.string()),
  v.transform((keys): File => {
    const hosts = Object.entries(keys).map(([origin, fingerprint]) => [origin, { trust: 'key', fingerprint }] as const);
    return { version: 2, hosts: Object.fromEntries(hosts) };
  }),
);

export class KnownHosts {
  readonly #file: JsonFile<File>;

  constructor(path: string) {
    this.#file = new JsonFile(path, v.union([Current, Version1]), { version: 2, hosts: {} }, { durable: true });
  }

  /** @param origin `https://address:port` */
  get(origin: string): KnownHost | undefined {
    const { hosts } = this.#file.value;
    return Object.hasOwn(hosts, origin) ? hosts[origin] : undefined;
  }

  /** Stores a host, and removes the oldest beyond the limit. @throws errors of the file system */
  remember(origin: string, host: KnownHost): void {
    if (isSame(this.get(origin), host)) return;
    const others = Object.entries(this.#file.value.hosts).filter(([known]) => known !== origin);
    const newest: [string, KnownHost][] = [...others, [origin, host]];
    this.#file.save({ version: 2, hosts: Object.fromEntries(newest.slice(-MAX_KNOWN_HOSTS)) });
  }
}

function isSame(one: KnownHost | undefined, other: KnownHost): boolean {
  if (one?.trust === 'key' && other.trust === 'key') return one.fingerprint === other.fingerprint;
  return one?.trust === other.trust;
}
