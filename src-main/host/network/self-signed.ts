/** Makes the host's key and certificate. Loaded only when one must be made: it takes 100 ms to load. */
import 'reflect-metadata';
import { type KeyObject, createPublicKey, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
/** The longest that browsers accept of a certificate (CA/Browser Forum: 398 days). */
const VALIDITY_MS = 397 * DAY_MS;
/** Guests whose clock is behind accept it too. */
const BACKDATED_MS = DAY_MS;

/** A new P-256 key, PKCS #8 PEM. */
export async function makeKey(): Promise<string> {
  const { privateKey } = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

/**
 * A certificate for a TLS server, signed with its own key (RFC 5280).
 *
 * @param options.names IP addresses and host names; all become subject alternative names
 * @param options.now epoch ms
 * @returns PEM
 */
export async function selfSign({
  key,
  names,
  now,
}: {
  key: KeyObject;
  names: readonly string[];
  now: number;
}): Promise<string> {
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), CURVE, false, ['sign']),
    crypto.subtle.importKey('spki', createPublicKey(key).export({ type: 'spki', format: 'der' }), CURVE, true, [
      'verify',
    ]),
  ]);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: 'CN=Parley',
      notBefore: new Date(now - BACKDATED_MS),
      notAfter: new Date(now - BACKDATED_MS + VALIDITY_MS),
      signingAlgorithm: CURVE,
      keys: { privateKey, publicKey },
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name })),
        ),
        await SubjectKeyIdentifierExtension.create(publicKey),
      ],
    },
    crypto,
  );
  return `${certificate.toString('pem')}\n`;
}

/** 128 random bits, positive and without leading zeros: DER allows one spelling only. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}
