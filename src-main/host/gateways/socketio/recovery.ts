import type { Namespace, Socket } from 'socket.io';
import { MAX_RECOVERABLE_MESSAGES } from '../../../../src-shared/limits.ts';

/** The parts of a namespace that are used here. */
type Recovering = Pick<Namespace, 'adapter' | 'sockets'>;

/**
 * Turns connection state recovery off for a namespace. Socket.IO would otherwise store every message of it
 * for a minute, whatever its size.
 */
export function disableRecovery({ adapter }: Recovering): void {
  const notify = adapter.broadcast.bind(adapter);
  adapter.persistSession = () => undefined;
  // Socket.IO stores a message for recovery only if its `volatile` flag is undefined, and drops it only if the
  // flag is true: with false it does neither.
  adapter.broadcast = (packet, options) => notify(packet, { ...options, flags: { ...options.flags, volatile: false } });
}

/**
 * Bounds what a namespace stores for connection state recovery: the latest `max` messages. A connection that
 * has missed more is not recovered. A lost connection is recovered once: Socket.IO itself would let a second
 * connection take over one that it still believes to be alive, and disconnect it when the first one times out.
 * A client may find its connection dead before this host does. When it reconnects, this host ends the dead
 * connection first, and then recovers it.
 */
export function boundRecovery({ adapter, sockets }: Recovering, max = MAX_RECOVERABLE_MESSAGES): void {
  const stored: unknown = 'packets' in adapter ? adapter.packets : null;
  const sessions: unknown = 'sessions' in adapter ? adapter.sessions : null;
  if (!Array.isArray(stored) || !(sessions instanceof Map))
    throw new Error('This version of Socket.IO stores messages for recovery elsewhere.');
  const restore = adapter.restoreSession.bind(adapter);
  adapter.restoreSession = (pid, offset) => {
    if (!sessions.has(pid)) endConnectionOf(sockets, pid);
    const restored = restore(pid, offset);
    sessions.delete(pid);
    return restored;
  };
  const notify = adapter.broadcast.bind(adapter);
  adapter.broadcast = (packet, options) => {
    notify(packet, options);
    // Half of them at once, because removing from the front moves all that remain.
    if (stored.length > max) stored.splice(0, stored.length - Math.ceil(max / 2));
  };
}

/** Forgets a lost connection: it cannot be recovered, and its client is told nothing of what was stored for it. */
export function forgetLost(socket: Socket): void {
  const sessions: unknown = Reflect.get(socket.nsp.adapter, 'sessions');
  // The id is not in Socket.IO's types.
  if (sessions instanceof Map) sessions.delete(Reflect.get(socket, 'pid'));
}

/** Ends the connection with this private id as a lost one, so that it can be recovered. Only its own client knows the id. */
function endConnectionOf(sockets: Recovering['sockets'], pid: string): void {
  for (const socket of sockets.values()) {
    // The id is not in Socket.IO's types.
    if (Reflect.get(socket, 'pid') === pid) socket.conn.close(true);
  }
}
