import { type Answer, type PlainEvent, WEBSOCKET_PATH } from '../../../../src-shared/protocol/index.ts';
import type { Clock, Log, MeetingSession, Rooms } from '../../meeting/index.ts';
import { JsonSockets } from '../json-sockets.ts';
import type { Upgrades } from '../upgrades.ts';
import { plainJoined } from './actions.ts';
import { WebSocketConnection } from './connection.ts';
import { Requests } from './requests.ts';

interface Options {
  rooms: Rooms;
  upgrades: Upgrades;
  clock: Clock;
  log: Log;
}

/**
 * Opens the way in over a plain WebSocket.
 * `close` ends every connection after its last messages were delivered.
 */
export function attachWebSocket({ rooms, upgrades, clock, log }: Options): { close(): Promise<void> } {
  const sockets = new JsonSockets(clock);

  upgrades.take(WEBSOCKET_PATH, (upgrade) => {
    // Before it is a socket, so that HTTP can answer why it does not become one.
    rooms.checkConnection(upgrade.request.socket.remoteAddress ?? '');
    sockets.accept(upgrade, (socket) => {
      const tellAdmitted = async (joined: Answer<'joinRoom'>) => {
        socket.send({ type: 'admitted', ...(await plainJoined(session, joined)) } satisfies PlainEvent);
      };
      const connection = new WebSocketConnection(socket, (joined) => {
        // Who has gone meanwhile is told nothing.
        tellAdmitted(joined).catch(() => undefined);
      });
      const session: MeetingSession = rooms.connect(connection);
      const requests = new Requests(session, log);
      return {
        received: (message) => void requests.answer(message).then((answer) => socket.send(answer)),
        unreadable: (error) => socket.send(requests.refuse(error)),
        ended(intentional) {
          if (intentional) session.ended();
          else session.lost();
        },
      };
    });
  });

  return { close: () => sockets.close() };
}
