/** A certificate that the host did not issue itself: from mkcert, a private CA or Let's Encrypt. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { HostError } from '../host-error.ts';
import { type Certificate, certificateNames, spkiFingerprint } from './certificate.ts';

export interface CertificateFiles {
  /** Path of the certificate, PEM; intermediate certificates may follow in the same file. */
  readonly cert: string;
  /** Path of its private key, PEM, without a passphrase. */
  readonly key: string;
}

/**
 * The certificate in `files`, which a browser can accept at `now`.
 *
 * @param now epoch ms
 * @throws {HostError} CERTIFICATE_UNUSABLE: a sentence that names the file and what is wrong with it
 */
export async function readCertificateFiles(files: CertificateFiles, now: number): Promise<Certificate> {
  const cert = await readText(files.cert);
  const key = await readText(files.key);
  const certificate = parsed(files.cert, 'a certificate in PEM format', () => new X509Certificate(cert));
  const privateKey = readKey(files.key, key);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw unusable(`The key in ${files.key} does not belong to the certificate in ${files.cert}.`);
  }
  const { validFromDate, validToDate } = certificate;
  if (now < validFromDate.getTime())
    throw unusable(`The certificate in ${files.cert} is not valid before ${day(validFromDate)}.`);
  if (now > validToDate.getTime())
    throw unusable(`The certificate in ${files.cert} has expired on ${day(validToDate)}. Renew it.`);
  if (certificateNames(cert).length === 0) {
    throw unusable(
      `The certificate in ${files.cert} is for no name and no IP address (it has no subject alternative name).`,
    );
  }
  // What OpenSSL refuses beyond that, such as a key that is too short.
  parsed(files.cert, 'a certificate that can be used', () => createSecureContext({ key, cert, minVersion: 'TLSv1.2' }));
  return { key, cert, fingerprint: spkiFingerprint(cert) };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unusable(`${file} cannot be read (${messageOf(error)}).`, error);
  }
}

function readKey(file: string, pem: string): KeyObject {
  if (/ENCRYPTED/.test(pem)) throw unusable(`The key in ${file} has a passphrase. Save it without one.`);
  return parsed(file, 'a private key in PEM format', () => createPrivateKey(pem));
}

/** What `parse` makes of the file. @param what it should hold */
function parsed<Result>(file: string, what: string, parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    throw unusable(`${file} does not hold ${what} (${messageOf(error)}).`, error);
  }
}

function unusable(message: string, cause?: unknown): HostError {
  return new HostError('CERTIFICATE_UNUSABLE', message, { cause });
}

const day = (date: Date) => date.toISOString().slice(0, 10);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
