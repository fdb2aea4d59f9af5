import type { Namespace } from 'socket.io';

/** Of a namespace what matters here. */
type Recovering = Pick<Namespace, 'adapter'>;

/**
 * Nothing told in this namespace is kept for connections that come back: each begins anew. Socket.IO
 * otherwise keeps all of it for a minute, whatever its size.
 */
export function recoverNothing({ adapter }: Recovering): void {
  const notify = adapter.broadcast.bind(adapter);
  adapter.persistSession = () => undefined;
  // Socket.IO keeps a message for recovery unless its `volatile` flag is defined, and drops it only where
  // the flag is true: with false it is neither kept nor dropped.
  adapter.broadcast = (packet, options) => notify(packet, { ...options, flags: { ...options.flags, volatile: false } });
}

/**
 * Of what is told in this namespace at most the latest `max` messages are kept for connections that
 * come back; to whom more was told since they were lost, they are not recovered. Each loss is good
 * for one recovery: Socket.IO itself would let another connection into the place of one that it
 * takes to be alive still, and make it deaf when that one times out.
 */
export function recoverAtMost({ adapter }: Recovering, max: number): void {
  const kept: unknown = 'packets' in adapter ? adapter.packets : null;
  const sessions: unknown = 'sessions' in adapter ? adapter.sessions : null;
  if (!Array.isArray(kept) || !(sessions instanceof Map)) throw new Error('Socket.IO does not say what it keeps.');
  const restore = adapter.restoreSession.bind(adapter);
  adapter.restoreSession = (pid, offset) => {
    const restored = restore(pid, offset);
    sessions.delete(pid);
    return restored;
  };
  const notify = adapter.broadcast.bind(adapter);
  adapter.broadcast = (packet, options) => {
    notify(packet, options);
    // Half of it at once: each time all of it is moved.
    if (kept.length > max) kept.splice(0, kept.length - Math.ceil(max / 2));
  };
}
