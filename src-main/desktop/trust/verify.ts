/** Which certificates a window's session accepts: those of one host with one key. */
import type { Request, Session } from 'electron';
import { spkiFingerprint } from '../../host/network/certificate.ts';

/** Electron's answers to `setCertificateVerifyProc`. */
export const ACCEPT = 0;
export const REFUSE = -2;
export const ASK_CHROMIUM = -3;

export interface Pin {
  /** `https://address:port`. */
  origin: string;
  /** Base64url of SHA-256 over the SPKI; null: the host's certificate is one Chromium vouches for. */
  fingerprint: string | null;
}

/**
 * The verdict on a certificate. Chromium names the host without its port, so of two hosts on one
 * computer the key alone tells them apart; and a key that fits is accepted whatever else a
 * self-made certificate lacks.
 *
 * @param pin the window's host; null: it has none, and talks to nobody
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
 * Installs the verdict. Chromium caches verdicts for as long as a session lives, refusals too: every
 * pin needs a session of its own, and this call before the session's first request.
 */
export function pinHost(session: Pick<Session, 'setCertificateVerifyProc'>, pin: Pin | null): void {
  session.setCertificateVerifyProc((request, callback) => callback(verdict(pin, request)));
}
