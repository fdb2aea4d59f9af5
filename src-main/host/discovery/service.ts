/** What an announcement says of a host: the names of DNS-SD and the TXT record (RFC 6763). */
import * as v from 'valibot';
import { MAX_ANNOUNCED_VERSION_LENGTH } from '../../../src-shared/limits.ts';
import { Fingerprint, UserName } from '../../../src-shared/protocol/values/primitives.ts';

/** The type of service, in the domain of multicast DNS. */
export const SERVICE = '_parley._tcp.local';
/** What programs ask that list all types of service (RFC 6763, section 9). */
export const SERVICE_TYPES = '_services._dns-sd._udp.local';

/** The version of the TXT record's keys. */
const TXT_VERSION = '1';
/** Octets of a DNS label (RFC 1035, section 2.3.4). */
const MAX_LABEL_BYTES = 63;

/** What a host says of itself on the local network. Nothing of its rooms. */
export interface HostDescription {
  /** The computer's name as its people know it. */
  readonly name: string;
  /** Of Parley. */
  readonly version: string;
  /** Base64url of SHA-256 over the certificate's SPKI. */
  readonly fingerprint: string;
}

/** Anybody on the network may send one. */
const Txt = v.object({
  txtvers: v.literal(TXT_VERSION),
  name: UserName,
  version: v.pipe(v.string(), v.regex(/^[\w.+-]+$/), v.maxLength(MAX_ANNOUNCED_VERSION_LENGTH)),
  fp: Fingerprint,
});

/** The strings of a host's TXT record. */
export function txtOf({ name, version, fingerprint }: HostDescription): string[] {
  return [`txtvers=${TXT_VERSION}`, `name=${name}`, `version=${version}`, `fp=${fingerprint}`];
}

/** Reads a TXT record; null: it is no host's. A key counts once, in any case (RFC 6763, section 6.4). */
export function readTxt(strings: readonly string[]): HostDescription | null {
  const entries = new Map<string, string>();
  for (const text of strings) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/su.exec(text) ?? [];
    if (!entries.has(key.toLowerCase())) entries.set(key.toLowerCase(), value);
  }
  const read = v.safeParse(Txt, Object.fromEntries(entries));
  if (!read.success) return null;
  const { name, version, fp } = read.output;
  return { name, version, fingerprint: fp };
}

/**
 * The name of a host's instance of the service: what browsers of DNS-SD show.
 *
 * @param attempt 1, or more when another host on the network has the name (RFC 6762, section 9)
 */
export function instanceOf(name: string, attempt: number): string {
  const suffix = attempt === 1 ? '' : ` (${attempt})`;
  // A full stop would end the label.
  return `${cut(name.replaceAll('.', ' '), MAX_LABEL_BYTES - suffix.length)}${suffix}.${SERVICE}`;
}

/** The name that a host's addresses have in multicast DNS. The system's own is its responder's. */
export function hostNameOf(fingerprint: string): string {
  return `parley-${Buffer.from(fingerprint, 'base64url').toString('hex', 0, 8)}.local`;
}

/** The start of a text that has at most so many bytes as UTF-8. */
function cut(text: string, bytes: number): string {
  let end = '';
  for (const character of text) {
    if (Buffer.byteLength(end + character) > bytes) break;
    end += character;
  }
  return end.trimEnd();
}
