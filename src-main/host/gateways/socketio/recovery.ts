import type { Namespace } from 'socket.io';

/** Of a namespace what matters here. */
type Recovering = Pick<Namespace, 'adapter'>;

/**
 * Nothing told in this namespace is kept for connections that come back: each begins anew. Socket.IO
 * otherwise keeps all of it for a minute, whatever its size.
 */
export function recoverNothing({ adapter }: Recovering): void {
  const tell = adapter.broadcast.bind(adapter);
  adapter.persistSession = () => undefined;
  // Said to be not volatile, it is kept as little as what is, and dropped as little as what is not said to be.
  adapter.broadcast = (packet, options) => tell(packet, { ...options, flags: { ...options.flags, volatile: false } });
}

/**
 * Of what is told in this namespace at most the latest `max` messages are kept for connections that
 * come back; to whom more was told since they were lost, they are not recovered.
 */
export function recoverAtMost({ adapter }: Recovering, max: number): void {
  const kept: unknown = 'packets' in adapter ? adapter.packets : null;
  if (!Array.isArray(kept)) throw new Error('Socket.IO does not say what it keeps.');
  const tell = adapter.broadcast.bind(adapter);
  adapter.broadcast = (packet, options) => {
    tell(packet, options);
    // Half of it at once: each time all of it is moved.
    if (kept.length > max) kept.splice(0, kept.length - Math.ceil(max / 2));
  };
}
