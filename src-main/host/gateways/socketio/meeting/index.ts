import { PROTOCOL_VERSION, SocketAuth, parse, requests } from '../../../../../src-shared/protocol/index.ts';
import type { Log, Rooms } from '../../../meeting/index.ts';
import type { EngineConnections } from '../engine-connections.ts';
import { namespaceMiddleware, connectionListener } from '../namespace-middleware.ts';
import { boundRecovery } from '../recovery.ts';
import { requestListener } from '../requests.ts';
import { type MeetingNamespace, type MeetingSocket, SocketIoConnection, broadcastIn } from './connection.ts';

/** The reasons that mean that the client or this host ended the connection on purpose. */
const INTENTIONAL = new Set(['client namespace disconnect', 'server namespace disconnect']);

interface Options {
  rooms: Rooms;
  connections: EngineConnections;
  log: Log;
}

/** Opens the namespace that Parley's own client speaks. */
export function openMeetingNamespace(namespace: MeetingNamespace, { rooms, connections, log }: Options): void {
  boundRecovery(namespace);
  const broadcast = broadcastIn(namespace);

  namespace.use(
    namespaceMiddleware<MeetingSocket>(log, (socket) => {
      parse(SocketAuth, socket.handshake.auth);
      if (!socket.recovered) rooms.checkConnection(socket.conn.remoteAddress);
    }),
  );
  namespace.on(
    'connection',
    connectionListener<MeetingSocket>(log, (socket) => {
      connections.add(socket);
      const session = returning(socket) ?? arriving(socket);
      socket.onAny(requestListener({ requests, session, log }));
      socket.on('disconnect', (reason) => {
        if (INTENTIONAL.has(reason)) session.ended();
        else session.lost();
      });
    }),
  );

  /** The session of a socket that Socket.IO has recovered; null: the meeting has ended the session meanwhile. */
  function returning(socket: MeetingSocket) {
    const { connection, session } = socket.data;
    if (!socket.recovered || !connection || !session) return null;
    connection.moveTo(socket);
    return session.recovered() ? session : null;
  }

  function arriving(socket: MeetingSocket) {
    const { token } = parse(SocketAuth, socket.handshake.auth);
    const connection = new SocketIoConnection(socket, broadcast);
    const session = rooms.connect(connection, token);
    socket.data.connection = connection;
    socket.data.session = session;
    socket.emit('connection-success', { socketId: socket.id, protocol: PROTOCOL_VERSION });
    return session;
  }
}
