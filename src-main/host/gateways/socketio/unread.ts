import type { Socket } from 'socket.io';
import { MAX_UNREAD_BYTES } from '../../../../src-shared/limits.ts';

/** Ends a connection whose other end does not read what it asked for: all of it would stay in memory. */
export function endWhenUnread(socket: Pick<Socket, 'conn' | 'once'>): void {
  const { conn } = socket;
  let unread = 0;
  const add = ({ data }: { data?: string | Buffer }) => {
    if (data !== undefined) unread += Buffer.byteLength(data);
    if (unread <= MAX_UNREAD_BYTES) return;
    stop();
    // Not by this host's will: it is lost, as a dead one is.
    conn.close(true);
  };
  const handOver = () => {
    unread = 0;
  };
  const stop = () => {
    conn.off('packetCreate', add);
    conn.off('drain', handOver);
  };
  conn.on('packetCreate', add);
  conn.on('drain', handOver);
  socket.once('disconnect', stop);
}
