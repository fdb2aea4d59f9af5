import { type IncomingMessage, ServerResponse } from 'node:http';
import { HTTP_STATUS, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Access } from '../access.ts';
import { admit } from '../admission.ts';
import { refuseUpgrade } from '../upgrades.ts';

/** Asks of every request of Socket.IO's transports what is asked of every other, before any upgrade. */
export function guard(access: Access) {
  return (request: IncomingMessage, response: unknown, next: () => void): void => {
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
  if (!(response instanceof ServerResponse)) {
    refuseUpgrade(request.socket, { code, message });
    return;
  }
  const body = JSON.stringify({ error: { code, message } });
  response.writeHead(HTTP_STATUS[code], { 'Content-Type': 'application/json' }).end(body);
}
