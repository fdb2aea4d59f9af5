import { KNOCK_ID_MS } from '../../../../src-shared/limits.ts';
import type { Clock } from '../ports.ts';
import { newSecret } from '../secret.ts';

interface KnockId {
  readonly roomId: string;
  readonly knockId: string;
  /** Epoch ms. */
  readonly until: number;
}

/**
 * The ids by which people on the network, who have no link, may ask to be let into a room. They say nothing of
 * the room's own id, and are of no other use.
 */
export class KnockIds {
  readonly #clock: Pick<Clock, 'now'>;
  #all: readonly KnockId[] = [];

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The room's id to knock by, the same for an hour. */
  of(roomId: string): string {
    this.#forgetOld();
    const known = this.#all.find((one) => one.roomId === roomId);
    if (known) return known.knockId;
    const fresh = { roomId, knockId: newSecret(), until: this.#clock.now() + KNOCK_ID_MS };
    this.#all = [...this.#all, fresh];
    return fresh.knockId;
  }

  /** The id of the room that it is of; null: of none, or not any more. The room may have ended, or be hidden now. */
  resolve(knockId: string): string | null {
    this.#forgetOld();
    return this.#all.find((one) => one.knockId === knockId)?.roomId ?? null;
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    if (this.#all.some(({ until }) => until <= now)) this.#all = this.#all.filter(({ until }) => until > now);
  }
}
