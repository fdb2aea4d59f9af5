import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { PROBE_MS } from '../../../src-shared/limits.ts';
import { spkiFingerprint } from '../../host/network/certificate.ts';
import { DesktopError } from '../ipc/desktop-error.ts';

export interface Seen {
  /** Base64url of SHA-256 over the SPKI. */
  fingerprint: string;
  /** Whether a CA that the system trusts has issued the certificate for the host's name. */
  vouchedFor: boolean;
}

/**
 * Connects to the host at `origin` and reads its key. Sends nothing but the handshake. The caller decides
 * whether to continue, and owns the socket.
 *
 * @throws {DesktopError} UNREACHABLE
 */
export function handshake(origin: string): Promise<{ socket: TLSSocket; seen: Seen }> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
    });
    const fail = (cause: unknown) => {
      socket.destroy();
      reject(new DesktopError('UNREACHABLE', `No host answers at ${origin}`, { cause }));
    };
    const tooLate = () => fail(new Error(`No handshake within ${PROBE_MS} ms`));
    socket.setTimeout(PROBE_MS, tooLate);
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      if (!certificate) {
        fail(new Error('It showed no certificate'));
        return;
      }
      socket.setTimeout(0, tooLate);
      socket.off('error', fail);
      resolve({ socket, seen: { fingerprint: spkiFingerprint(certificate.raw), vouchedFor: socket.authorized } });
    });
  });
}

/** Reads the key of the host at `origin` before a window connects to it, so that a refusal can be explained. @throws {DesktopError} UNREACHABLE */
export async function probe(origin: string): Promise<Seen> {
  const { socket, seen } = await handshake(origin);
  socket.destroy();
  return seen;
}
