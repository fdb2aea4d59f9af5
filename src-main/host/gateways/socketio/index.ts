import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { type DefaultEventsMap, Server } from 'socket.io';
import { type ServerOptions, WebSocketServer } from 'ws';
import {
  MAX_FRAGMENTS,
  MAX_MESSAGE_BYTES,
  PING_INTERVAL_MS,
  PING_TIMEOUT_MS,
  RECOVERY_MS,
} from '../../../../src-shared/limits.ts';
import { DIRECT_NAMESPACE, NAMESPACE } from '../../../../src-shared/protocol/index.ts';
import type { Log, Rooms } from '../../meeting/index.ts';
import type { Access } from '../access.ts';
import { readableBy } from '../request-check.ts';
import type { UnreadBuffers } from '../unread.ts';
import type { Upgrades } from '../upgrades.ts';
import { openDirectNamespace } from './direct/index.ts';
import { EngineConnections } from './engine-connections.ts';
import { rateMiddleware } from './namespace-middleware.ts';
import { guard } from './guard.ts';
import { openMeetingNamespace } from './meeting/index.ts';

/** How long someone may be connected without entering a namespace. */
const ENTER_MS = 10_000;

/** What Engine.IO accepts WebSockets with: it has no option for the number of fragments. */
class BoundedWebSocketServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    super({ ...options, maxFragments: MAX_FRAGMENTS });
  }
}

interface Options {
  rooms: Rooms;
  access: Access;
  upgrades: Upgrades;
  unread: UnreadBuffers;
  log: Log;
}

/**
 * Opens the way in over Socket.IO; listeners for other requests must be on `server` already.
 * `close` ends every connection after its last messages were delivered. `server` keeps running.
 */
export function attachSocketIo(
  server: HttpServer | HttpsServer,
  { rooms, access, upgrades, unread, log }: Options,
): { close(): Promise<void> } {
  const io = new Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, object>(server, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    wsEngine: BoundedWebSocketServer,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: ENTER_MS,
    // Its own way leaves open those that were asked for on a connection used before.
    destroyUpgrade: false,
    // With middlewares, or someone who was removed slips back in.
    connectionStateRecovery: { maxDisconnectionDuration: RECOVERY_MS, skipMiddlewares: false },
    cors: (request, callback) => {
      callback(null, { origin: readableBy(access, request.headers) });
    },
  });
  io.engine.use(guard(access));
  upgrades.ignore(`${io.path()}/`);

  const connections = new EngineConnections(unread);
  openMeetingNamespace(io.of(NAMESPACE).use(rateMiddleware(log, access)), { rooms, connections, log });
  openDirectNamespace(io.of(DIRECT_NAMESPACE).use(rateMiddleware(log, access)), {
    direct: rooms.direct,
    connections,
    log,
  });

  return {
    close: async () => {
      await connections.close();
      io.engine.close();
    },
  };
}
