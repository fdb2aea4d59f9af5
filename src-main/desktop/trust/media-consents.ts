/** The hosts whose meetings may use camera and microphone: the person has agreed. */
import * as v from 'valibot';
import { MAX_KNOWN_HOSTS } from '../../../src-shared/limits.ts';
import { JsonFile } from '../files/json-file.ts';
import type { Pin } from './verify.ts';

const File = v.object({ version: v.literal(1), hosts: v.array(v.string()) });

export class MediaConsents {
  readonly #file: JsonFile<v.InferOutput<typeof File>>;

  constructor(path: string) {
    this.#file = new JsonFile(path, File, { version: 1, hosts: [] }, { durable: true });
  }

  has(host: Pin): boolean {
    return this.#file.value.hosts.includes(identityOf(host));
  }

  /** Removes the oldest beyond the limit. @throws errors of the file system */
  add(host: Pin): void {
    if (this.has(host)) return;
    const hosts = [...this.#file.value.hosts, identityOf(host)].slice(-MAX_KNOWN_HOSTS);
    this.#file.save({ version: 1, hosts });
  }
}

/** A host is identified by its key, whatever its address; one with a certificate issued by a CA, by its origin. */
const identityOf = ({ origin, fingerprint }: Pin) => (fingerprint === null ? `ca ${origin}` : `key ${fingerprint}`);
