import { MAX_UNJOINED_SOCKETS_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { AddressKey, Clock } from '../ports.ts';
import type { ClientConnection } from './client-connection.ts';

type Counted = Pick<ClientConnection, 'remoteAddress' | 'close'>;

/** The connections that have not joined a room: a bounded number per address, each for a bounded time. */
export class UnjoinedConnections {
  readonly #clock: Clock;
  readonly #addressKey: AddressKey;
  readonly #connections = new Map<Counted, { readonly key: string; readonly stop: () => void }>();

  constructor(clock: Clock, addressKey: AddressKey) {
    this.#clock = clock;
    this.#addressKey = addressKey;
  }

  /** @throws {ProtocolError} LIMIT: this address has the maximum number. */
  check(remoteAddress: string): void {
    const wanted = this.#addressKey(remoteAddress);
    let count = 0;
    for (const { key } of this.#connections.values()) if (key === wanted) count++;
    if (count < MAX_UNJOINED_SOCKETS_PER_ADDRESS) return;
    throw new ProtocolError('LIMIT', 'Too many connections from your address have not joined a meeting. Close some.');
  }

  /**
   * A connection that was added before keeps its deadline.
   *
   * @param within how long it may stay, ms
   */
  add(connection: Counted, within: number): void {
    if (this.#connections.has(connection)) return;
    const stop = this.#clock.after(within, () => {
      this.#connections.delete(connection);
      connection.close('You have not joined a meeting in time.');
    });
    this.#connections.set(connection, { key: this.#addressKey(connection.remoteAddress), stop });
  }

  remove(connection: Counted): void {
    this.#connections.get(connection)?.stop();
    this.#connections.delete(connection);
  }
}
