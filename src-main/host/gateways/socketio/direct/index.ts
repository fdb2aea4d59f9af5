/** The way in for calls peer to peer: Socket.IO's default namespace. */
import { MAX_ID_LENGTH } from '../../../../../src-shared/limits.ts';
import { SocketAuth, directRequests, parse } from '../../../../../src-shared/protocol/index.ts';
import type { Direct, Log } from '../../../meeting/index.ts';
import type { EngineConnections } from '../engine-connections.ts';
import { namespaceMiddleware, connectionListener } from '../namespace-middleware.ts';
import { disableRecovery } from '../recovery.ts';
import { requestListener } from '../requests.ts';
import { type DirectNamespace, type DirectSocket, SocketIoDirectConnection } from './connection.ts';

interface Options {
  direct: Pick<Direct, 'readInvite' | 'connect'>;
  connections: EngineConnections;
  log: Log;
}

export function openDirectNamespace(namespace: DirectNamespace, { direct, connections, log }: Options): void {
  // A call begins anew with its connection: what was said to an earlier one fits no later one.
  disableRecovery(namespace);

  namespace.use(
    namespaceMiddleware<DirectSocket>(log, async (socket) => {
      const { token } = parse(SocketAuth, socket.handshake.auth);
      socket.data.invite = await direct.readInvite({ remoteAddress: socket.conn.remoteAddress, token });
    }),
  );
  namespace.on(
    'connection',
    connectionListener<DirectSocket>(log, (socket) => {
      connections.add(socket);
      const session = direct.connect(new SocketIoDirectConnection(socket), socket.data.invite ?? null);
      socket.onAny(
        requestListener({
          requests: directRequests,
          session,
          log,
          onUnheard: (event, failure) => socket.emit('error', { event: event.slice(0, MAX_ID_LENGTH), ...failure }),
        }),
      );
      socket.once('disconnect', () => session.ended());
    }),
  );
}
