import { MAX_UNJOINED_SOCKETS_PER_ADDRESS } from '../../../src-shared/limits.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Connection } from './connection.ts';
import type { Clock } from './ports.ts';

type Counted = Pick<Connection, 'countedAs' | 'close'>;

/** The connections that have not joined a room: few of one address, and not for ever. */
export class Unjoined {
  readonly #clock: Clock;
  readonly #connections = new Map<Counted, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws {ProtocolError} LIMIT: those counted as the same have as many as they may. */
  check(countedAs: string): void {
    let count = 0;
    for (const connection of this.#connections.keys()) if (connection.countedAs === countedAs) count++;
    if (count < MAX_UNJOINED_SOCKETS_PER_ADDRESS) return;
    throw new ProtocolError('LIMIT', 'Too many connections from your address have not joined a meeting. Close some.');
  }

  /**
   * One that is here already keeps its deadline.
   *
   * @param within how long it may stay, ms
   */
  add(connection: Counted, within: number): void {
    if (this.#connections.has(connection)) return;
    const stop = this.#clock.after(within, () => {
      this.#connections.delete(connection);
      connection.close();
    });
    this.#connections.set(connection, stop);
  }

  remove(connection: Counted): void {
    this.#connections.get(connection)?.();
    this.#connections.delete(connection);
  }
}
