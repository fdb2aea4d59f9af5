import { X509Certificate, createHash } from 'node:crypto';

/** Base64url of SHA-256 over the SPKI of a certificate given as PEM or DER. @throws when it is no certificate */
export function fingerprintOf(certificate: string | Buffer): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64url');
}
