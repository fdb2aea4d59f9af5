import type { Server as HttpsServer } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { type DefaultEventsMap, Server } from 'socket.io';
import {
  LAST_WORDS_MS,
  MAX_MESSAGE_BYTES,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
  RECOVERY_MS,
} from '../../../../src-shared/limits.ts';
import {
  type ClientToServer,
  NAMESPACE,
  PROTOCOL_VERSION,
  type ServerToClient,
  SocketAuth,
  parse,
} from '../../../../src-shared/protocol/index.ts';
import { addressKey } from '../../address-rates.ts';
import type { Log, Meetings } from '../../meeting/index.ts';
import type { Access } from '../access.ts';
import { readableBy } from '../admission.ts';
import { failureOf } from '../failure.ts';
import type { Upgrades } from '../upgrades.ts';
import { type MeetingSocket, SocketConnection, type SocketState } from './connection.ts';
import { guard } from './guard.ts';
import { requestListener } from './requests.ts';
import { endWhenUnread } from './unread.ts';

/** How long someone may be connected without entering the namespace. */
const ENTER_MS = 10_000;

/** The connection ended because its own client, or this host, wanted it to. */
const WILLED = new Set(['client namespace disconnect', 'server namespace disconnect']);

interface Options {
  meetings: Meetings;
  access: Access;
  upgrades: Upgrades;
  log: Log;
}

/**
 * Opens the way in over Socket.IO; listeners for other requests must be on `server` already.
 * `close` ends every connection, once what was told has been heard, and leaves `server` running.
 */
export function attachSocketIo(
  server: HttpsServer,
  { meetings, access, upgrades, log }: Options,
): { close(): Promise<void> } {
  const io = new Server<ClientToServer, ServerToClient, DefaultEventsMap, Partial<SocketState>>(server, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: ENTER_MS,
    // Its own way leaves open those that were asked for on a connection used before.
    destroyUpgrade: false,
    // With middlewares, or someone who was removed slips back in.
    connectionStateRecovery: { maxDisconnectionDuration: RECOVERY_MS, skipMiddlewares: false },
    cors: (request, callback) => {
      const { host, origin } = request.headers;
      callback(null, { origin: readableBy(access, { host, origin }) });
    },
  });
  io.engine.use(guard(access));
  upgrades.ignore(`${io.path()}/`);

  io.of('/').use((_socket, next) => {
    next(new Error(`Connect to the namespace ${NAMESPACE}.`));
  });

  const namespace = io.of(NAMESPACE);
  namespace.use((socket, next) => {
    try {
      parse(SocketAuth, socket.handshake.auth);
      if (!socket.recovered) meetings.checkArrival(addressKey(socket.conn.remoteAddress));
      next();
    } catch (error) {
      const failure = failureOf(error, log, 'connect');
      next(Object.assign(new Error(failure.message), { data: failure }));
    }
  });
  namespace.on('connection', (socket) => {
    try {
      welcome(socket);
    } catch (error) {
      log.warn('connection refused', { reason: failureOf(error, log, 'connect').message });
      socket.disconnect(true);
    }
  });

  function welcome(socket: MeetingSocket): void {
    const visitor = returning(socket) ?? arriving(socket);
    socket.onAny(requestListener(visitor.operations, log));
    endWhenUnread(socket);
    socket.on('disconnect', (reason) => {
      if (WILLED.has(reason)) visitor.left();
      else visitor.lost();
      // There is nothing else to be connected for, and nothing else counts how many stay.
      socket.conn.close();
    });
  }

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

  return {
    close: async () => {
      const connections = [...namespace.sockets.values()].map(({ conn }) => conn);
      const ended = connections.map((connection) => new Promise((resolve) => connection.once('close', resolve)));
      for (const connection of connections) connection.close();
      await Promise.race([Promise.all(ended), setTimeout(LAST_WORDS_MS, undefined, { ref: false })]);
      io.engine.close();
    },
  };
}
