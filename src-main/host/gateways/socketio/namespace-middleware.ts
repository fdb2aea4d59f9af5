import type { Log } from '../../meeting/index.ts';
import type { Access } from '../access.ts';
import { countRequest } from '../request-check.ts';
import { failureOf } from '../failure.ts';

/** A namespace's middleware. Why someone is not let in is the `data` of what their client then hears (`connect_error`). */
export function namespaceMiddleware<Socket>(log: Log, check: (socket: Socket) => void | Promise<void>) {
  return (socket: Socket, next: (refusal?: Error) => void): void => {
    Promise.try(() => check(socket)).then(
      () => next(),
      (error: unknown) => {
        const failure = failureOf(error, log, 'connect');
        next(Object.assign(new Error(failure.message), { data: failure }));
      },
    );
  };
}

/** A namespace's first middleware: one connection may ask to be let in as often as it likes, so each time counts as a request. */
export function rateMiddleware(log: Log, access: Pick<Access, 'takeRequest'>) {
  return namespaceMiddleware<{ conn: { remoteAddress: string } }>(log, ({ conn }) =>
    countRequest(access, conn.remoteAddress),
  );
}

/** A namespace's `connection` listener: a socket that cannot be connected after all is disconnected. */
export function connectionListener<Socket extends { disconnect(): unknown }>(
  log: Log,
  connected: (socket: Socket) => void,
) {
  return (socket: Socket): void => {
    try {
      connected(socket);
    } catch (error) {
      log.warn('connection refused', { reason: failureOf(error, log, 'connect').message });
      socket.disconnect();
    }
  };
}
