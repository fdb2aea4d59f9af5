/** Looks at a host's certificate before the window goes there, so that a refusal can be explained. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { PROBE_MS } from '../../../src-shared/limits.ts';
import { ShellError } from '../ipc/shell-error.ts';
import { spkiFingerprint } from '../../host/network/certificate.ts';

export interface Seen {
  fingerprint: string;
  /** Whether the system's authorities vouch for the certificate under the host's name. */
  vouchedFor: boolean;
}

/**
 * The key that answers at `origin` now. Nothing is sent but the handshake; the window's own
 * connections are checked again by its session.
 *
 * @throws {ShellError} UNREACHABLE
 */
export function probe(origin: string): Promise<Seen> {
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
      reject(new ShellError('UNREACHABLE', `No host answers at ${origin}`, { cause }));
    };
    socket.setTimeout(PROBE_MS, () => fail(new Error(`No handshake within ${PROBE_MS} ms`)));
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      if (certificate) resolve({ fingerprint: spkiFingerprint(certificate.raw), vouchedFor: socket.authorized });
      else fail(new Error('It showed no certificate'));
      socket.destroy();
    });
  });
}
