/** The way in for calls peer to peer: Socket.IO's default namespace. */
import { MAX_ID_LENGTH } from '../../../../../src-shared/limits.ts';
import { SocketAuth, directRequests, parse } from '../../../../../src-shared/protocol/index.ts';
import type { Direct, Log } from '../../../meeting/index.ts';
import type { EngineConnections } from '../engine-connections.ts';
import { admitting, welcoming } from '../entering.ts';
import { recoverNothing } from '../recovery.ts';
import { requestListener } from '../requests.ts';
import { endWhenUnread } from '../unread.ts';
import { type DirectNamespace, type DirectSocket, SocketLine } from './line.ts';

interface Options {
  direct: Pick<Direct, 'admit' | 'arrive'>;
  connections: EngineConnections;
  log: Log;
}

export function openDirectNamespace(namespace: DirectNamespace, { direct, connections, log }: Options): void {
  // A call begins anew with its connection: what was said to an earlier one fits no later one.
  recoverNothing(namespace);

  namespace.use(
    admitting<DirectSocket>(log, async (socket) => {
      const { token } = parse(SocketAuth, socket.handshake.auth);
      socket.data.invite = await direct.admit({ remoteAddress: socket.conn.remoteAddress, token });
    }),
  );
  namespace.on(
    'connection',
    welcoming<DirectSocket>(log, (socket) => {
      connections.add(socket);
      const caller = direct.arrive(new SocketLine(socket), socket.data.invite ?? null);
      endWhenUnread(socket);
      socket.onAny(
        requestListener({
          requests: directRequests,
          operations: caller.operations,
          log,
          onUnheard: (event, failure) => socket.emit('error', { event: event.slice(0, MAX_ID_LENGTH), ...failure }),
        }),
      );
      socket.once('disconnect', () => caller.left());
    }),
  );
}
