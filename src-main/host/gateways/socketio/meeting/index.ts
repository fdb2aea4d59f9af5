import { MAX_RECOVERABLE_MESSAGES } from '../../../../../src-shared/limits.ts';
import { PROTOCOL_VERSION, SocketAuth, parse, requests } from '../../../../../src-shared/protocol/index.ts';
import type { Log, Meetings } from '../../../meeting/index.ts';
import type { EngineConnections } from '../engine-connections.ts';
import { admitting, welcoming } from '../entering.ts';
import { recoverAtMost } from '../recovery.ts';
import { requestListener } from '../requests.ts';
import { endWhenUnread } from '../unread.ts';
import { type MeetingNamespace, type MeetingSocket, SocketConnection } from './connection.ts';

/** The connection ended because its own client, or this host, wanted it to. */
const WILLED = new Set(['client namespace disconnect', 'server namespace disconnect']);

interface Options {
  meetings: Meetings;
  connections: EngineConnections;
  log: Log;
}

/** Opens the namespace that Parley's own client speaks. */
export function openMeetingNamespace(namespace: MeetingNamespace, { meetings, connections, log }: Options): void {
  recoverAtMost(namespace, MAX_RECOVERABLE_MESSAGES);

  namespace.use(
    admitting<MeetingSocket>(log, (socket) => {
      parse(SocketAuth, socket.handshake.auth);
      if (!socket.recovered) meetings.checkArrival(socket.conn.remoteAddress);
    }),
  );
  namespace.on(
    'connection',
    welcoming<MeetingSocket>(log, (socket) => {
      connections.add(socket);
      const visitor = returning(socket) ?? arriving(socket);
      socket.onAny(requestListener({ requests, operations: visitor.operations, log }));
      endWhenUnread(socket);
      socket.on('disconnect', (reason) => {
        if (WILLED.has(reason)) visitor.left();
        else visitor.lost();
      });
    }),
  );

  /** Who speaks through a socket that Socket.IO has recovered, if the meeting has kept them. */
  function returning(socket: MeetingSocket) {
    const { connection, visitor } = socket.data;
    if (!socket.recovered || !connection || !visitor) return null;
    connection.moveTo(socket);
    return visitor.recovered() ? visitor : null;
  }

  function arriving(socket: MeetingSocket) {
    const { token } = parse(SocketAuth, socket.handshake.auth);
    const connection = new SocketConnection(socket);
    const visitor = meetings.arrive(connection, token);
    socket.data.connection = connection;
    socket.data.visitor = visitor;
    socket.emit('connection-success', { socketId: socket.id, protocol: PROTOCOL_VERSION });
    return visitor;
  }
}
