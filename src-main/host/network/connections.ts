import type { Socket } from 'node:net';
import {
  MAX_CONNECTIONS,
  MAX_CONNECTIONS_PER_ADDRESS,
  SPARE_CONNECTIONS_FOR_LOOPBACK,
} from '../../../src-shared/limits.ts';
import { isLoopback } from '../address.ts';
import { addressKey } from '../rates/address-rates.ts';

/** The open connections of a port: so many of one address, and some that are kept for this computer itself. */
export class Connections {
  /** How many a server has to take, so that those from this computer come this far. */
  static readonly MAX = MAX_CONNECTIONS + SPARE_CONNECTIONS_FOR_LOOPBACK;

  readonly #open = new Set<Socket>();
  readonly #countOf = new Map<string, number>();

  /** False: there are as many as there may be, in all or of its address, and it has been ended. */
  add(socket: Socket): boolean {
    const { remoteAddress = '' } = socket;
    const key = addressKey(remoteAddress);
    const count = this.#countOf.get(key) ?? 0;
    const max = isLoopback(remoteAddress) ? Connections.MAX : MAX_CONNECTIONS;
    if (count >= MAX_CONNECTIONS_PER_ADDRESS || this.#open.size >= max) {
      socket.destroy();
      return false;
    }
    this.#open.add(socket);
    this.#countOf.set(key, count + 1);
    socket.once('close', () => this.#remove(socket, key));
    return true;
  }

  /** Ends them all. */
  end(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #remove(socket: Socket, key: string): void {
    this.#open.delete(socket);
    const left = (this.#countOf.get(key) ?? 0) - 1;
    if (left > 0) this.#countOf.set(key, left);
    else this.#countOf.delete(key);
  }
}
