import { type IncomingMessage, ServerResponse } from 'node:http';
import { HTTP_STATUS, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Access } from '../access.ts';
import { admit } from '../admission.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';

/** Asks of every request of Socket.IO's transports what is asked of every other, before any upgrade. */
export function guard(access: Access) {
  return (request: IncomingMessage, response: unknown, next: () => void): void => {
    if (response instanceof ServerResponse) {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    }
    try {
      const { host, origin } = request.headers;
      admit(access, { host, origin, remoteAddress: request.socket.remoteAddress ?? '' });
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      refuse(request, response, error);
      return;
    }
    next();
  };
}

function refuse(request: IncomingMessage, response: unknown, { code, message }: ProtocolError): void {
  const status = HTTP_STATUS[code];
  const body = JSON.stringify({ error: { code, message } });
  if (response instanceof ServerResponse) {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
    return;
  }
  // An upgrade has no response object that can refuse: it is answered on the bare socket.
  const lines = [
    `HTTP/1.1 ${status} ${code}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  request.socket.on('error', () => request.socket.destroy());
  request.socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  request.socket.destroySoon();
}
