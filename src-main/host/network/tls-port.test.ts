import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { Server as SocketServer } from 'socket.io';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  FIRST_BYTE_MS,
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_PER_ADDRESS,
  SPARE_CONNECTIONS_FOR_LOOPBACK,
} from '../../../src-shared/limits.ts';
import { type Certificate, loadCertificate, spkiFingerprint } from './certificate.ts';
import { createTlsPort, requireFreePort, type TlsPort } from './tls-port.ts';

let folder: string;
let certificate: Certificate;
let tlsPort: TlsPort;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-tls-'));
  certificate = await loadCertificate({ folder, names: ['localhost', '127.0.0.1'], now: Date.now() });
});
afterAll(() => rm(folder, { recursive: true }));

const hostAllowed = (host: string | undefined) => host?.startsWith('127.0.0.1:') ?? false;

beforeEach(async () => {
  tlsPort = createTlsPort({ certificate, hostAllowed });
  tlsPort.server.on('request', (_, response) => response.end('over TLS'));
  port = await tlsPort.listen(0);
});
afterEach(() => tlsPort.close());

async function answer(request: ReturnType<typeof httpGet>): Promise<IncomingMessage & { body: string }> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
  return Object.assign(response, { body });
}

const plain = (path: string, headers = {}) => answer(httpGet({ host: '127.0.0.1', port, path, headers, agent: false }));

/** Everything the host sends until it closes the connection. */
async function untilClosed(socket: Socket): Promise<string> {
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => (received += text));
  await once(socket, 'close');
  return received;
}

describe('TLS', () => {
  test('answers over the host’s certificate', async () => {
    const { statusCode, body } = await answer(
      httpsGet({ host: '127.0.0.1', port, ca: certificate.cert, agent: false }),
    );
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: 'over TLS' });
  });

  test('is 1.2 or newer', async () => {
    const socket = tlsConnect({
      host: '127.0.0.1',
      port,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      rejectUnauthorized: false,
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toMatch(/protocol/i);
  });

  test('a certificate made anew serves the next connection, with the same fingerprint', async () => {
    const renewed = await loadCertificate({ folder, names: ['localhost', '127.0.0.1', '10.0.0.1'], now: Date.now() });
    tlsPort.useCertificate(renewed);
    const socket = tlsConnect({ host: '127.0.0.1', port, ca: renewed.cert });
    await once(socket, 'secureConnect');
    const shown = socket.getPeerX509Certificate();
    socket.destroy();
    expect(shown?.checkIP('10.0.0.1')).toBe('10.0.0.1');
    expect(shown && spkiFingerprint(shown.raw)).toBe(certificate.fingerprint);
  });

  test('carries Socket.IO over wss', async () => {
    const sockets = new SocketServer(tlsPort.server);
    sockets.on('connection', (socket) => socket.on('ask', (reply: (answer: string) => void) => reply('told')));
    const client = io(`https://127.0.0.1:${port}`, { transports: ['websocket'], ca: certificate.cert, forceNew: true });
    try {
      expect(await client.emitWithAck('ask')).toBe('told');
      expect(client.io.engine.transport.name).toBe('websocket');
    } finally {
      client.close();
    }
  });
});

describe('plain HTTP', () => {
  test('is sent to the same place over HTTPS', async () => {
    const { statusCode, headers } = await plain('/r/1a2b3c4d?x=1');
    expect(statusCode).toBe(308);
    expect(headers.location).toBe(`https://127.0.0.1:${port}/r/1a2b3c4d?x=1`);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-security-policy': /./ });
  });

  test.each([
    ['/', { host: 'evil.example' }],
    ['http://evil.example/', {}],
  ])('to %s with %o goes nowhere', async (path, headers) => {
    const { statusCode, headers: received } = await plain(path, headers);
    expect(statusCode).toBe(400);
    expect(received.location).toBeUndefined();
  });

  test('nonsense is refused', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('\0\0\0\0');
    expect(await untilClosed(socket)).toMatch(
      /^HTTP\/1.1 400 Bad Request\r\n[^]*\r\nX-Content-Type-Options: nosniff\r\n/,
    );
  });
});

describe('connections', () => {
  test('one that stays silent is closed', async () => {
    const impatient = createTlsPort({ certificate, hostAllowed, firstByteMs: 20 });
    const socket = connect(await impatient.listen(0), '127.0.0.1');
    expect(await untilClosed(socket)).toBe('');
    await impatient.close();
  });

  test('one that says nothing has FIRST_BYTE_MS', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const connected = once(tlsPort.server, 'connection');
    const socket = connect(port, '127.0.0.1');
    const [accepted] = (await connected) as [Socket];
    vi.advanceTimersByTime(FIRST_BYTE_MS - 1);
    expect(accepted.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(accepted.destroyed).toBe(true);
    vi.useRealTimers();
    await untilClosed(socket);
  });

  test('one that begins a handshake and no more is closed', async () => {
    const impatient = createTlsPort({ certificate, hostAllowed, firstByteMs: 20 });
    const socket = connect(await impatient.listen(0), '127.0.0.1');
    socket.write(Buffer.from([0x16, 0x03, 0x01]));
    await untilClosed(socket);
    await impatient.close();
  });

  test('one that begins a plain request and no more is closed', async () => {
    const impatient = createTlsPort({ certificate, hostAllowed, firstByteMs: 20 });
    const socket = connect(await impatient.listen(0), '127.0.0.1');
    socket.write('GET / HT');
    expect(await untilClosed(socket)).toBe('');
    await impatient.close();
  });

  test('one that begins a request over TLS and no more is answered 408 soon after its time is over', async () => {
    const impatient = createTlsPort({ certificate, hostAllowed, headersMs: 20 });
    const socket = tlsConnect({ host: '127.0.0.1', port: await impatient.listen(0), ca: certificate.cert });
    await once(socket, 'secureConnect');
    const began = performance.now();
    socket.write('GET / HT');
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1.1 408 /);
    expect(performance.now() - began).toBeLessThan(3000);
    await impatient.close();
  });

  test('one that ends before its first byte does no harm', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.end();
    await untilClosed(socket);
    expect((await plain('/')).statusCode).toBe(308);
  });

  test('are so many at once, and no more', async () => {
    expect(tlsPort.server.maxConnections).toBe(MAX_CONNECTIONS + SPARE_CONNECTIONS_FOR_LOOPBACK);
    tlsPort.server.maxConnections = 1;
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    await untilClosed(connect(port, '127.0.0.1'));
    expect(first.destroyed).toBe(false);
    first.destroy();
  });

  test('of one address are fewer, silent ones too', async () => {
    const clients = Array.from({ length: MAX_CONNECTIONS_PER_ADDRESS + 1 }, () => connect(port, '127.0.0.1'));
    await Promise.any(clients.map((client) => once(client, 'close')));
    expect(clients.filter(({ closed }) => closed)).toHaveLength(1);
    for (const client of clients) client.destroy();
  });

  test('all end with the port, the silent ones too; closing twice is closing', async () => {
    const silent = connect(port, '127.0.0.1');
    const open = tlsConnect({ host: '127.0.0.1', port, ca: certificate.cert });
    await Promise.all([once(silent, 'connect'), once(open, 'secureConnect')]);
    open.on('error', () => undefined);
    const closed = Promise.all([untilClosed(silent), once(open, 'close')]);
    await Promise.all([tlsPort.close(), tlsPort.close(), closed]);
    const later = connect(port, '127.0.0.1');
    const [error] = (await once(later, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});

describe('a port that cannot be had', () => {
  test('in use: says so', async () => {
    const second = createTlsPort({ certificate, hostAllowed });
    await expect(second.listen(port)).rejects.toMatchObject({
      name: 'HostError',
      code: 'PORT_IN_USE',
      message: `Port ${port} is in use: Parley may be hosting already, or another program has it. Close that, or choose another port.`,
    });
    await expect(requireFreePort(port)).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await second.close();
  });

  test('free: it stays so', async () => {
    await tlsPort.close();
    await requireFreePort(port);
    await requireFreePort(port);
  });
});
