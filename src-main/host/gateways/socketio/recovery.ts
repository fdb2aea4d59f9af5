import type { Namespace } from 'socket.io';
import { MAX_RECOVERABLE_MESSAGES } from '../../../../src-shared/limits.ts';

/** The part of a namespace that is used here. */
type Recovering = Pick<Namespace, 'adapter'>;

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
 */
export function boundRecovery({ adapter }: Recovering, max = MAX_RECOVERABLE_MESSAGES): void {
  const stored: unknown = 'packets' in adapter ? adapter.packets : null;
  const sessions: unknown = 'sessions' in adapter ? adapter.sessions : null;
  if (!Array.isArray(stored) || !(sessions instanceof Map))
    throw new Error('This version of Socket.IO stores messages for recovery elsewhere.');
  const restore = adapter.restoreSession.bind(adapter);
  adapter.restoreSession = (pid, offset) => {
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
