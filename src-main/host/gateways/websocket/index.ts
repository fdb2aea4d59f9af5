import { WEBSOCKET_PATH } from '../../../../src-shared/protocol/index.ts';
import type { Clock, Log, Meetings } from '../../meeting/index.ts';
import { JsonSockets } from '../json-sockets.ts';
import type { Upgrades } from '../upgrades.ts';
import { WebSocketConnection } from './connection.ts';
import { Requests } from './requests.ts';

interface Options {
  meetings: Meetings;
  upgrades: Upgrades;
  clock: Clock;
  log: Log;
}

/**
 * Opens the way in over a plain WebSocket.
 * `close` ends every connection, once what was told has been heard.
 */
export function attachWebSocket({ meetings, upgrades, clock, log }: Options): { close(): Promise<void> } {
  const sockets = new JsonSockets(clock);

  upgrades.take(WEBSOCKET_PATH, (upgrade) => {
    // Before it is a socket, so that HTTP can answer why it does not become one.
    meetings.checkArrival(upgrade.request.socket.remoteAddress ?? '');
    sockets.accept(upgrade, (socket) => {
      const visitor = meetings.arrive(new WebSocketConnection(socket));
      const requests = new Requests(visitor.operations, log);
      return {
        heard: (message) => void requests.answer(message).then((answer) => socket.send(answer)),
        misheard: (error) => socket.send(requests.refuse(error)),
        ended(willed) {
          if (willed) visitor.left();
          else visitor.lost();
        },
      };
    });
  });

  return { close: () => sockets.close() };
}
