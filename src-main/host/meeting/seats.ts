import { MAX_SEATS_PER_ROOM } from '../../../src-shared/limits.ts';
import type { Role } from '../../../src-shared/protocol/index.ts';
import { newSecret } from './secret.ts';

/** Who someone is in a room: what they get back when they come again with its token. */
export interface Seat {
  /** The `sessionToken`. */
  readonly token: string;
  readonly userId: string;
  userName: string;
  role: Role;
  hand: boolean;
  /** Whether someone sits here now, their connection lost or not. */
  present: boolean;
}

/** The seats of one room, those of people who have left included. */
export class Seats {
  readonly #byToken = new Map<string, Seat>();

  find(token: string): Seat | null {
    return this.#byToken.get(token) ?? null;
  }

  issue(userId: string): Seat {
    if (this.#byToken.size >= MAX_SEATS_PER_ROOM) this.#forgetOldest();
    const seat: Seat = {
      token: newSecret(),
      userId,
      userName: '',
      role: 'participant',
      hand: false,
      present: false,
    };
    this.#byToken.set(seat.token, seat);
    return seat;
  }

  #forgetOldest(): void {
    const oldest = this.#byToken.values().find((seat) => !seat.present);
    if (oldest) this.#byToken.delete(oldest.token);
  }
}
