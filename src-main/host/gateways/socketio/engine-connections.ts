import { setTimeout } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { LAST_MESSAGES_MS, MAX_UNREAD_BYTES } from '../../../../src-shared/limits.ts';
import type { UnreadBuffers } from '../unread.ts';

type Connection = Socket['conn'];

/** The connections in use, with the number of namespaces of each: several can share one connection. */
export class EngineConnections {
  readonly #unread: UnreadBuffers;
  readonly #uses = new Map<Connection, number>();

  constructor(unread: UnreadBuffers) {
    this.#unread = unread;
  }

  /** Closes the connection after its last socket: Socket.IO does not do so itself. */
  add(socket: Pick<Socket, 'conn' | 'once'>): void {
    const { conn } = socket;
    const uses = this.#uses.get(conn) ?? 0;
    if (uses === 0) endWhenUnread(conn, this.#unread);
    this.#uses.set(conn, uses + 1);
    socket.once('disconnect', () => {
      const others = (this.#uses.get(conn) ?? 1) - 1;
      if (others > 0) {
        this.#uses.set(conn, others);
        return;
      }
      this.#uses.delete(conn);
      conn.close();
    });
  }

  /** Closes all connections after their last messages were delivered, or after `LAST_MESSAGES_MS`. */
  async close(): Promise<void> {
    const connections = [...this.#uses.keys()];
    const ended = connections.map((connection) => new Promise((resolve) => connection.once('close', resolve)));
    for (const connection of connections) connection.close();
    await Promise.race([Promise.all(ended), setTimeout(LAST_MESSAGES_MS, undefined, { ref: false })]);
  }
}

/** Closes a connection whose client does not read, because everything sent to it would stay in memory. */
function endWhenUnread(conn: Connection, unread: UnreadBuffers): void {
  /** Bytes that Engine.IO has not passed to the socket yet. */
  let size = 0;
  // Discards what waits, so that the client can recover the connection.
  const end = () => {
    conn.close(true);
  };
  const forget = unread.add({ size: () => size, end });
  const add = ({ data }: { data?: string | Buffer }) => {
    const bytes = data === undefined ? 0 : Buffer.byteLength(data);
    size += bytes;
    if (size > MAX_UNREAD_BYTES) {
      stop();
      end();
    }
    unread.queued(bytes);
  };
  const handOver = () => {
    size = 0;
  };
  const stop = () => {
    conn.off('packetCreate', add);
    conn.off('drain', handOver);
    conn.off('close', stop);
    forget();
  };
  conn.on('packetCreate', add);
  conn.on('drain', handOver);
  conn.on('close', stop);
}
