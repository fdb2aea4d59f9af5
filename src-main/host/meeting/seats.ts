import type { InviteRole, Role } from '../../../src-shared/protocol/index.ts';
import { type Log, attempt } from './log.ts';
import type { SeatRecord, Store, Tokens } from './ports.ts';
import { newSecret } from './secret.ts';

/** Who someone is in a room: what they get back when they come again with its token. */
export interface Seat {
  /** The hash of the token. */
  readonly id: string;
  /** The `sessionToken`. */
  readonly token: string;
  userId: string;
  userName: string;
  role: Role;
  /** What they are when they are not host. */
  rank: Role;
  /** The invite they came by. */
  inviteId: string | null;
  hand: boolean;
  /** Their visit in the store; null: nobody sits here now. */
  visitId: number | null;
}

/** Whom someone who sits down is. */
export type Occupant = Pick<Seat, 'userId' | 'userName' | 'role' | 'rank' | 'inviteId'>;

/** The seats of one room. All are in the store; here are those where someone sits. */
export class Seats {
  readonly #roomId: string;
  readonly #store: Store;
  readonly #tokens: Tokens;
  readonly #log: Log;
  readonly #taken = new Map<string, Seat>();

  constructor(options: { roomId: string; store: Store; tokens: Tokens; log: Log }) {
    this.#roomId = options.roomId;
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#log = options.log;
  }

  /** The seat this session token belongs to. */
  find(token: string): Seat | null {
    const id = this.#tokens.hash(token);
    const taken = this.#taken.get(id);
    if (taken) return taken;
    const record = this.#store.seats.find(this.#roomId, id);
    if (!record) return null;
    const rank = rankOf(record.inviteId === null ? null : this.#store.invites.find(record.inviteId));
    return { ...record, token, rank, hand: false, visitId: null };
  }

  /** A new seat; it counts once someone takes it. */
  fresh(): Seat {
    const token = newSecret();
    const nobody = { userId: '', userName: '', role: 'participant', rank: 'participant', inviteId: null } as const;
    return { ...nobody, id: this.#tokens.hash(token), token, hand: false, visitId: null };
  }

  /**
   * Someone sits down; who sits here already goes on with their visit.
   *
   * @param at epoch ms
   * @param along what is written together with it, or not at all
   * @throws {ProtocolError} FULL; nothing has changed then
   */
  take(seat: Seat, occupant: Occupant, at: number, along: () => void): void {
    const visitId = this.#store.atomically(() => {
      along();
      const record = recordOf({ ...seat, ...occupant });
      this.#store.seats.save(this.#roomId, record);
      return seat.visitId ?? this.#store.visits.begin(this.#roomId, record, at);
    });
    Object.assign(seat, occupant, { visitId });
    this.#taken.set(seat.id, seat);
  }

  /** @throws {ProtocolError} FULL; nothing has changed then */
  change(seat: Seat, changes: Partial<Pick<Seat, 'userName' | 'role' | 'hand'>>): void {
    const changed = { ...seat, ...changes };
    const kept = changed.userName !== seat.userName || changed.role !== seat.role;
    if (kept) this.#store.seats.save(this.#roomId, recordOf(changed));
    Object.assign(seat, changes);
  }

  /** Nobody asked for it: should it not be written, it holds nevertheless. */
  setRole(seat: Seat, role: Role): void {
    seat.role = role;
    attempt(this.#log, () => this.#store.seats.setRole(seat.id, role));
  }

  /** Nobody sits here any more; host is given up. @param at epoch ms */
  leave(seat: Seat, at: number): void {
    const { visitId } = seat;
    this.#taken.delete(seat.id);
    seat.hand = false;
    seat.visitId = null;
    if (seat.role === 'host') this.setRole(seat, seat.rank);
    if (visitId !== null) attempt(this.#log, () => this.#store.visits.end(visitId, at));
  }
}

/** What someone is by their invite, when they are not host. */
export function rankOf(invite: { role: InviteRole } | null): Role {
  return invite?.role === 'co-host' ? 'co-host' : 'participant';
}

function recordOf({ id, userId, userName, role, inviteId }: Seat): SeatRecord {
  return { id, userId, userName, role, inviteId };
}
