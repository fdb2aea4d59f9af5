import { roomInfo } from '../signaling/api.ts';
import type { SessionTimers } from './timers.ts';

/** How long people may come and go before they are counted again, ms. */
const SETTLE_MS = 500;

/** How many are in a room one has not joined. The host tells nobody who is not in: it is asked. */
export class Headcount {
  readonly #where: { readonly origin: string; readonly roomId: string };
  #count = $state(0);
  readonly #timers: SessionTimers;

  constructor(where: { readonly origin: string; readonly roomId: string }, timers: SessionTimers) {
    this.#where = where;
    this.#timers = timers;
  }

  get count(): number {
    return this.#count;
  }

  /** The host has said so. */
  set(count: number): void {
    this.#count = count;
  }

  /** What is received has changed: somebody has come or gone, or turned something on or off. */
  doubt(): void {
    this.#timers.set('count', SETTLE_MS, () => void this.#ask());
  }

  stop(): void {
    this.#timers.clear('count');
  }

  async #ask(): Promise<void> {
    const { origin, roomId } = this.#where;
    // A host that does not answer, and a room that is not there any more, are heard of otherwise.
    const room = await roomInfo(origin, roomId).catch(() => null);
    if (room) this.#count = room.participants;
  }
}
