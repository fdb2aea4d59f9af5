import { SCHEDULED_ROOM_MS } from '../../../../src-shared/limits.ts';
import type { Clock } from '../ports.ts';

/** When an empty room ends. A scheduled room stays, for `SCHEDULED_ROOM_MS` after somebody was last in it. */
export class RoomExpiry {
  readonly #clock: Clock;
  readonly #scheduled: boolean;
  readonly #onExpire: (reason: string) => void;
  /** Since when nobody has been in, or was expected; epoch ms. */
  #idleSince: number;
  #stopWaiting: (() => void) | null = null;
  #closed = false;

  /** @param options.idleSince epoch ms @param options.onExpire ends the room, for this reason */
  constructor(options: { clock: Clock; scheduled: boolean; idleSince: number; onExpire: (reason: string) => void }) {
    this.#clock = options.clock;
    this.#scheduled = options.scheduled;
    this.#idleSince = options.idleSince;
    this.#onExpire = options.onExpire;
  }

  /** Nobody is in: the room ends after `ms`, unless somebody joins. A wait that runs already is not prolonged. */
  wait(ms: number, reason: string): void {
    if (this.#closed || this.#scheduled) return;
    this.#stopWaiting ??= this.#clock.after(ms, () => this.#onExpire(reason));
  }

  /** Somebody has joined. */
  stop(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
  }

  /** Somebody has left. @param at epoch ms */
  noteLeft(at: number): void {
    this.#idleSince = at;
  }

  /** Whether a scheduled room, empty now, has been unused for `SCHEDULED_ROOM_MS`. */
  get longOver(): boolean {
    return this.#scheduled && this.#clock.now() - this.#idleSince >= SCHEDULED_ROOM_MS;
  }

  /** The room has ended. */
  close(): void {
    this.#closed = true;
    this.stop();
  }
}
