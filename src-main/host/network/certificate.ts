/**
 * The host's certificate: made at first start, remade when the names it must cover change or it is
 * about to expire. The key stays, and with it the fingerprint that people's links carry.
 */
import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { plainAddress } from '../address.ts';
import { readIfThere, writeWhole } from '../files.ts';
import { HostError, folderUnusable, systemCode } from '../host-error.ts';

export interface Certificate {
  /** PKCS #8, PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** Base64url of SHA-256 over the certificate's SPKI. */
  readonly fingerprint: string;
}

const KEY_FILE = 'host-key.pem';
const CERTIFICATE_FILE = 'host-certificate.pem';

const DAY_MS = 86_400_000;
/** Remade when less is left, so that it does not run out during a meeting. */
const RENEW_BEFORE_MS = 30 * DAY_MS;

/**
 * The certificate kept in `folder`, made or remade where needed.
 *
 * @param options.names the IP addresses and host names it is for
 * @param options.now epoch ms
 * @throws {HostError} DATA_FOLDER_UNUSABLE, KEY_DAMAGED
 */
export async function loadCertificate({
  folder,
  names,
  now,
}: {
  folder: string;
  names: readonly string[];
  now: number;
}): Promise<Certificate> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const key = await loadKey(join(folder, KEY_FILE));
    const file = join(folder, CERTIFICATE_FILE);
    const kept = await readIfThere(file);
    const usable = kept !== null && fits(kept, { key, names, now });
    const cert = usable ? kept : await makeCertificate({ key, names, now });
    if (!usable) await writeWhole(file, cert, 0o644);
    return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert, fingerprint: spkiFingerprint(cert) };
  } catch (error) {
    if (error instanceof HostError || systemCode(error) === undefined) throw error;
    throw folderUnusable(folder, 'certificate', error);
  }
}

/** Base64url of SHA-256 over the SPKI of a certificate (PEM or DER). */
export function spkiFingerprint(certificate: string | Buffer): string {
  const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64url');
}

async function loadKey(file: string): Promise<KeyObject> {
  const kept = await readIfThere(file);
  if (kept !== null) {
    // Copied or restored with looser rights, it is put right again.
    await chmod(file, 0o600);
    return readKey(kept, file);
  }
  const { makeKey } = await import('./self-signed.ts');
  const made = await makeKey();
  await writeWhole(file, made, 0o600);
  return createPrivateKey(made);
}

function readKey(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // Told below: whatever is wrong with it, the person can do the same two things.
  }
  throw new HostError(
    'KEY_DAMAGED',
    `${file} does not hold the host’s private key. Restore it from a copy, or delete it: ` +
      'Parley then makes a new one, and links sent before no longer match.',
  );
}

/** Whether a kept certificate belongs to the key, names exactly what it must, and lasts. */
function fits(pem: string, { key, names, now }: { key: KeyObject; names: readonly string[]; now: number }): boolean {
  try {
    const certificate = new X509Certificate(pem);
    return (
      certificate.checkPrivateKey(key) &&
      sameNames(certificateNames(pem), names) &&
      certificate.validFromDate.getTime() <= now &&
      certificate.validToDate.getTime() - RENEW_BEFORE_MS > now
    );
  } catch {
    // Damaged: it can be made again from the key.
    return false;
  }
}

async function makeCertificate(options: { key: KeyObject; names: readonly string[]; now: number }): Promise<string> {
  const { selfSign } = await import('./self-signed.ts');
  return selfSign(options);
}

/** The names a certificate (PEM) is for. */
export function certificateNames(pem: string): string[] {
  const written = new X509Certificate(pem).subjectAltName ?? '';
  return written.split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  const [first, second] = [a, b].map((names) => new Set(names.map(plainAddress)));
  return first?.size === second?.size && [...(first ?? [])].every((name) => second?.has(name));
}
