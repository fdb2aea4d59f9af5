import type { Socket } from 'node:net';
import { MAX_CONNECTIONS_PER_ADDRESS } from '../../../src-shared/limits.ts';
import { addressKey } from '../address-rates.ts';

/** The open connections of a port, of which one address has only so many. */
export class Connections {
  readonly #open = new Set<Socket>();
  readonly #countOf = new Map<string, number>();

  /** False: its address has as many as it may, and it has been ended. */
  add(socket: Socket): boolean {
    const key = addressKey(socket.remoteAddress ?? '');
    const count = this.#countOf.get(key) ?? 0;
    if (count >= MAX_CONNECTIONS_PER_ADDRESS) {
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
