/**
 * Asks the app whether it accepts a certificate. Electron asks for each one; Chromium outside of
 * Electron can be paused only for certificates that it refuses itself, as it does with all self-signed ones.
 */
import type * as Electron from 'electron';
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Target } from '../chromium/connection.ts';
import type { Protocol } from '../chromium/protocol.ts';
import { present } from '../whole.ts';

type VerifyProc = Parameters<Electron.Session['setCertificateVerifyProc']>[0];

/** Electron's value for "accepted"; with any other value Chromium's refusal stays. */
const ACCEPTED = 0;
const HANDSHAKE_MS = 5_000;

export class Certificates {
  #proc: VerifyProc = null;
  /** Results by host and key, cached for the lifetime of the session, as in Chromium's network service. */
  readonly #verdicts = new Map<string, Promise<boolean>>();

  readonly setVerifyProc = (proc: VerifyProc): void => {
    this.#proc = proc;
  };

  /** Handles the certificate errors of a page. */
  async watch(target: Target): Promise<void> {
    target.on('Security.certificateError', (refusal) => void this.#decide(target, refusal));
    await target.send('Security.enable');
    await target.send('Security.setOverrideCertificateErrors', { override: true });
  }

  async #decide(target: Target, { eventId, errorType, requestURL }: Protocol.Security.certificateErrorPayload) {
    const accepted = await this.#accepts(new URL(requestURL), errorType).catch((error: unknown) => {
      console.error(`the certificate of ${requestURL} could not be verified`, error);
      return false;
    });
    const action = accepted ? 'continue' : 'cancel';
    // The page may be gone.
    await target.send('Security.handleCertificateError', { eventId, action }).catch(() => undefined);
  }

  async #accepts(url: URL, error: string): Promise<boolean> {
    const proc = this.#proc;
    if (!proc) return false;
    const certificate = await shownBy(url);
    const key = `${url.hostname} ${certificate.fingerprint256}`;
    const verdict =
      this.#verdicts.get(key) ??
      new Promise((resolve) => {
        proc(requestFor(url, certificate, error), (result) => resolve(result === ACCEPTED));
      });
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}

function requestFor(url: URL, shown: X509Certificate, error: string): Electron.Request {
  const certificate = present<Electron.Certificate>('certificate', {
    data: shown.toString(),
    fingerprint: `sha256/${Buffer.from(shown.fingerprint256.replaceAll(':', ''), 'hex').toString('base64')}`,
    serialNumber: shown.serialNumber,
  });
  return present<Electron.Request>('certificate request', {
    hostname: url.hostname,
    certificate,
    validatedCertificate: certificate,
    isIssuedByKnownRoot: false,
    verificationResult: error,
  });
}

/** Chromium does not provide the certificate that it refuses, so it is read from the host once more. */
function shownBy(url: URL): Promise<X509Certificate> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
    });
    socket.setTimeout(HANDSHAKE_MS, () => socket.destroy(new Error(`no handshake within ${HANDSHAKE_MS} ms`)));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate) resolve(certificate);
      else reject(new Error('no certificate was shown'));
    });
  });
}
