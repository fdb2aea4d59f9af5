/**
 * The one TLS port for page, API and signaling. Plain HTTP that comes to it is sent to HTTPS: the
 * HTTPS server itself looks at each connection's first byte, so that it stays the only server with
 * its timeouts and its knowledge of all connections.
 */
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { FIRST_BYTE_MS } from '../../../src-shared/limits.ts';
import { answerMalformed, SecuredResponse } from '../gateways/secured.ts';
import type { UnreadBuffers } from '../gateways/unread.ts';
import { HostError, systemCode } from '../host-error.ts';
import { Connections } from './connections.ts';

export interface TlsPort {
  /** Its `request` and `upgrade` events are the gateways' business. */
  readonly server: Server;
  /** Resolves with the port. @throws {HostError} PORT_IN_USE, PORT_FORBIDDEN */
  listen(port: number): Promise<number>;
  /** Used for connections from now on. */
  useCertificate(certificate: { key: string; cert: string }): void;
  /** Ends all connections; resolves when the port is free. */
  close(): Promise<void>;
}

/** The first byte of a TLS record that carries a handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16;

/** How long a request may take, ms: its headers, and all of it. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often Node looks for requests that have taken longer, ms. Its default of 30 s would make 10 s into up to 40 s. */
const REQUEST_CHECK_MS = 1000;

/**
 * @param options.hostAllowed whether a `Host` header names this host; others are not redirected
 * @param options.unread where to add what waits in the connections
 * @param options.firstByteMs how long a connection may stay silent, and then take for its handshake,
 * or for all of what is plain HTTP
 * @param options.headersMs how long the headers of a request may take
 */
export function createTlsPort({
  certificate,
  hostAllowed,
  unread,
  firstByteMs = FIRST_BYTE_MS,
  headersMs = HEADERS_MS,
}: {
  certificate: { key: string; cert: string };
  hostAllowed: (host: string | undefined) => boolean;
  unread?: UnreadBuffers;
  firstByteMs?: number;
  headersMs?: number;
}): TlsPort {
  const timeouts = {
    headersTimeout: headersMs,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: REQUEST_CHECK_MS,
  };
  const { key, cert } = certificate;
  const secured = { ServerResponse: SecuredResponse };
  const server = createServer({
    key,
    cert,
    minVersion: 'TLSv1.2',
    handshakeTimeout: firstByteMs,
    ...timeouts,
    ...secured,
  });
  const redirector = createHttpServer(secured, (request, response) => redirect(request, response, hostAllowed));
  answerMalformed(server);
  answerMalformed(redirector);
  const connections = new Connections();

  const startTls = server.listeners('connection');
  server.removeAllListeners('connection');
  // Node looks at it before it tells anyone of the connection.
  server.maxConnections = Connections.MAX;
  server.on('connection', (socket: Socket) => {
    if (!connections.add(socket)) return;
    onFirstByte(socket, firstByteMs, (byte) => {
      if (byte === TLS_HANDSHAKE) {
        for (const start of startTls) start.call(server, socket);
        return;
      }
      // A server that does not listen itself never looks at the time.
      endAfter(socket, firstByteMs);
      redirector.emit('connection', socket);
    });
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    const forget = unread?.add({ size: () => socket.writableLength, end: () => socket.destroy() });
    socket.once('close', () => forget?.());
  });
  // Scanners and people who refuse the certificate: nothing of it concerns the host.
  server.on('tlsClientError', (_, socket) => socket.destroy());

  let closing: Promise<void> | null = null;
  return {
    server,
    listen: (port) => listenOn(server, port),
    useCertificate: (renewed) =>
      server.setSecureContext({ key: renewed.key, cert: renewed.cert, minVersion: 'TLSv1.2' }),
    close() {
      closing ??= new Promise((resolve) => {
        redirector.close();
        server.close(() => resolve());
        connections.end();
      });
      return closing;
    },
  };
}

/** Looks at a connection's first byte without taking it; ends the connection if it stays silent. */
function onFirstByte(socket: Socket, ms: number, look: (byte: number) => void): void {
  const keep = endAfter(socket, ms);
  const ignore = () => undefined;
  socket.on('error', ignore);
  socket.once('readable', () => {
    keep();
    const chunk: unknown = socket.read();
    if (!Buffer.isBuffer(chunk) || chunk[0] === undefined) {
      socket.destroy();
      return;
    }
    socket.unshift(chunk);
    socket.off('error', ignore);
    look(chunk[0]);
  });
}

/** Ends a connection that is still there after `ms`, unless the returned function is called before. */
function endAfter(socket: Socket, ms: number): () => void {
  const deadline = setTimeout(() => socket.destroy(), ms);
  const keep = () => clearTimeout(deadline);
  socket.once('close', keep);
  return keep;
}

/** To the same place over TLS: 308 keeps method and body. */
function redirect(
  request: IncomingMessage,
  response: ServerResponse,
  hostAllowed: (host: string | undefined) => boolean,
) {
  const { host } = request.headers;
  const path = request.url ?? '';
  response.setHeader('Connection', 'close');
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  if (host !== undefined && hostAllowed(host) && path.startsWith('/')) {
    const location = `https://${host}${path}`;
    response.writeHead(308, { Location: location }).end(`This meeting is at ${location}\n`);
  } else {
    response.writeHead(400).end('This port speaks HTTPS only.\n');
  }
}

/** Whether the port could be opened just now. @throws {HostError} PORT_IN_USE, PORT_FORBIDDEN */
export async function requireFreePort(port: number): Promise<void> {
  const probe = createNetServer();
  await listenOn(probe, port);
  probe.close();
  await once(probe, 'close');
}

/**
 * Resolves with the port.
 *
 * @param port 0: any free one
 * @param ip absent: every address of this computer
 * @throws {HostError} PORT_IN_USE, PORT_FORBIDDEN
 */
export async function listenOn(server: NetServer, port: number, ip?: string): Promise<number> {
  try {
    server.listen(port, ip);
    await once(server, 'listening');
  } catch (error) {
    throw explained(error, port);
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

function explained(error: unknown, port: number): unknown {
  const code = systemCode(error);
  if (code === 'EADDRINUSE') {
    return new HostError(
      'PORT_IN_USE',
      `Port ${port} is in use: Parley may be hosting already, or another program has it. Close that, or choose another port.`,
      { cause: error },
    );
  }
  if (code !== 'EACCES') return error;
  return new HostError('PORT_FORBIDDEN', `This user may not open port ${port}. Choose one above 1023.`, {
    cause: error,
  });
}
