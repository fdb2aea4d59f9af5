import { type IncomingMessage, ServerResponse } from 'node:http';
import { type Failure, HTTP_STATUS, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Access } from '../access.ts';
import { checkRequest } from '../request-check.ts';
import { httpFailure } from '../failure.ts';
import { refuseUpgrade } from '../upgrades.ts';

/** Asks of every request of Socket.IO's transports what is asked of every other, before any upgrade. */
export function guard(access: Access) {
  return (request: IncomingMessage, response: unknown, next: () => void): void => {
    try {
      checkRequest(access, request);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      refuse(request, response, { code: error.code, message: error.message });
      return;
    }
    next();
  };
}

function refuse({ socket, url = '' }: IncomingMessage, response: unknown, failure: Failure): void {
  if (!(response instanceof ServerResponse)) {
    refuseUpgrade(socket, url, failure);
    return;
  }
  const body = JSON.stringify(httpFailure(url, failure));
  response.writeHead(HTTP_STATUS[failure.code], { 'Content-Type': 'application/json' }).end(body);
}
