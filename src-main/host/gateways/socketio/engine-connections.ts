import { setTimeout } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import { LAST_WORDS_MS } from '../../../../src-shared/limits.ts';

/** The connections in use, by how many namespaces each is in: one may serve several. */
export class EngineConnections {
  readonly #uses = new Map<Socket['conn'], number>();

  /** With the last socket its connection ends: nothing else counts how many stay. */
  add(socket: Pick<Socket, 'conn' | 'once'>): void {
    const { conn } = socket;
    this.#uses.set(conn, (this.#uses.get(conn) ?? 0) + 1);
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

  /** Ends them all, once what was told has been heard, or `LAST_WORDS_MS` have passed. */
  async close(): Promise<void> {
    const connections = [...this.#uses.keys()];
    const ended = connections.map((connection) => new Promise((resolve) => connection.once('close', resolve)));
    for (const connection of connections) connection.close();
    await Promise.race([Promise.all(ended), setTimeout(LAST_WORDS_MS, undefined, { ref: false })]);
  }
}
