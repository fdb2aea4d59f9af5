/** Sets the security headers on every response, also on those that a library or Node itself writes. */
import { type IncomingMessage, type Server, ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemCode } from '../host-error.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** The response class of this host's servers. */
export class SecuredResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  constructor(request: Request) {
    super(request);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) this.setHeader(name, value);
  }
}

/**
 * Answers where there is no response object (refused upgrades, what is no HTTP) and ends the connection.
 *
 * @param answer.reason the word after the status; by default the usual one
 */
export function answerBare(
  socket: Duplex,
  {
    status,
    reason = STATUS_CODES[status],
    type,
    body,
  }: { status: number; reason?: string | undefined; type: string; body: string },
): void {
  const headers = {
    Connection: 'close',
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    ...SECURITY_HEADERS,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n${body}`);
}

/** Which status tells a client what was wrong with its request, by Node's code of the error. */
const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** Has `server` answer what is no HTTP as Node itself would, but with the security headers. */
export function answerMalformed(server: Pick<Server, 'on'>): void {
  server.on('clientError', (error: Error, socket: Duplex) => {
    if (!socket.writable || systemCode(error) === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const status = STATUS_OF[systemCode(error) ?? ''] ?? 400;
    answerBare(socket, { status, type: 'text/plain; charset=utf-8', body: `${STATUS_CODES[status]}\n` });
  });
}
