/** Verifies the certificates in a window's session: only those of one host with one key are accepted. */
import type { Request, Session } from 'electron';
import { spkiFingerprint } from '../../host/network/certificate.ts';

/** Electron's answers to `setCertificateVerifyProc`. */
export const ACCEPT = 0;
export const REFUSE = -2;
export const ASK_CHROMIUM = -3;

export interface Pin {
  /** `https://address:port`. */
  origin: string;
  /** Base64url of SHA-256 over the SPKI; null: Chromium verifies the host's certificate against the CAs. */
  fingerprint: string | null;
}

/**
 * The result for a certificate. Chromium passes the host's name without its port, so two hosts on one
 * computer differ by their keys only. If the key matches, a self-signed certificate is accepted whatever
 * its other fields are.
 *
 * @param pin the window's host; null: the window may connect to no host
 */
export function verdict(pin: Pin | null, request: Pick<Request, 'hostname' | 'certificate'>): number {
  if (pin === null || bare(request.hostname) !== bare(new URL(pin.origin).hostname)) return REFUSE;
  if (pin.fingerprint === null) return ASK_CHROMIUM;
  try {
    return spkiFingerprint(request.certificate.data) === pin.fingerprint ? ACCEPT : REFUSE;
  } catch {
    return REFUSE;
  }
}

/** IPv6 addresses come with and without brackets. */
const bare = (hostname: string) => hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();

/**
 * Installs the verification. Chromium caches the results, refusals too, for the lifetime of a session.
 * Therefore every pin needs its own session, and this call must precede the session's first request.
 */
export function pinHost(session: Pick<Session, 'setCertificateVerifyProc'>, pin: Pin | null): void {
  session.setCertificateVerifyProc((request, callback) => callback(verdict(pin, request)));
}
