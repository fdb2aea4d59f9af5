/** An HTTPS and WSS server with a self-signed certificate, for the tests. */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** One unmasked text frame (RFC 6455, 5.2): `hello`. */
const TEXT_FRAME = '\x81\x05hello';

export interface SecureServer {
  port: number;
  /** SHA-256 of the certificate, as Electron writes it. */
  fingerprint: string;
  /** The `Origin` of every request and socket so far. */
  origins: (string | undefined)[];
  close(): void;
}

/** @param allowedOrigin whose pages may read its answers */
export async function startSecureServer(allowedOrigin: string): Promise<SecureServer> {
  const { key, cert, der } = await makeCertificate();
  const origins: (string | undefined)[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    origins.push(request.headers.origin);
    response.setHeader('access-control-allow-origin', allowedOrigin).end('an answer');
  });
  server.on('upgrade', (request, socket) => {
    origins.push(request.headers.origin);
    socket.write(`${acceptance(request.headers['sec-websocket-key'] ?? '')}${TEXT_FRAME}`, 'latin1');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: `sha256/${createHash('sha256').update(der).digest('base64')}`,
    origins,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The end of a WebSocket handshake (RFC 6455, 4.2.2). */
function acceptance(key: string): string {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

async function makeCertificate() {
  const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Example',
    signingAlgorithm: CURVE,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
  return { key, cert: certificate.toString('pem'), der: Buffer.from(certificate.rawData) };
}
