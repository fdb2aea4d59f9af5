import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { roomNotFound } from './failures.ts';
import type { Invites, MeetingInvite } from './invites.ts';
import type { Lead } from './lead.ts';
import type { Participant } from './participant.ts';
import type { People } from './people.ts';
import type { Tokens } from './ports.ts';
import { type Occupant, type Seat, type Seats, rankOf } from './seats.ts';
import { sameSecret } from './secret.ts';

/** What someone shows to be let in. */
export interface Ticket {
  /** A token that must be the room's host token. */
  token?: string | undefined;
  /** What an invite to this room says; its token has been checked. */
  invite?: MeetingInvite | undefined;
}

/** How someone wants to come in. */
export interface Entry extends Ticket {
  userName: string;
  userId?: string | undefined;
  sessionToken?: string | undefined;
}

/** Where someone may sit, and as whom. */
export interface Admission {
  seat: Seat;
  occupant: Occupant;
  /** The same person, who is in through another connection. */
  earlier: Participant | null;
}

/** Who may come into a room, and as whom. */
export class Door {
  readonly #hostTokenHash: string;
  readonly #tokens: Tokens;
  readonly #invites: Invites;
  readonly #people: People;
  readonly #seats: Seats;
  readonly #lead: Lead;

  constructor(options: {
    hostTokenHash: string;
    tokens: Tokens;
    invites: Invites;
    people: People;
    seats: Seats;
    lead: Lead;
  }) {
    this.#hostTokenHash = options.hostTokenHash;
    this.#tokens = options.tokens;
    this.#invites = options.invites;
    this.#people = options.people;
    this.#seats = options.seats;
    this.#lead = options.lead;
  }

  isHostToken(token: string): boolean {
    return sameSecret(this.#tokens.hash(token), this.#hostTokenHash);
  }

  /**
   * Whether someone with this ticket comes as host.
   *
   * @throws {ProtocolError} NOT_FOUND, exactly as if the room were not there
   */
  takesHost({ token, invite }: Ticket): boolean {
    if (token !== undefined && !this.isHostToken(token)) throw roomNotFound();
    return token !== undefined || invite?.role === 'host';
  }

  /** Changes nothing. @throws {ProtocolError} NOT_FOUND, CONFLICT */
  admit(entry: Entry): Admission {
    const { invite } = entry;
    const takesHost = this.takesHost(entry);
    const kept = entry.sessionToken === undefined ? null : this.#seats.find(entry.sessionToken);
    if (kept?.inviteId && !takesHost && !invite && !this.#invites.stillValid(kept.inviteId)) throw roomNotFound();
    const seat = kept ?? this.#seats.fresh();
    // What became of someone in the meeting outweighs the invite they came by, not another one.
    const newInvite = invite?.id === seat.inviteId ? undefined : invite;
    const occupant = {
      userId: this.#userIdOf(kept, entry.userId),
      userName: invite?.name ?? entry.userName,
      role: this.#lead.roleFor(seat, { entitled: newInvite?.role ?? seat.role, takesHost }),
      rank: newInvite ? rankOf(newInvite) : seat.rank,
      inviteId: invite?.id ?? seat.inviteId,
    };
    return { seat, occupant, earlier: this.#people.find(occupant.userId) ?? null };
  }

  /**
   * Under which id someone comes in: one that was theirs and has been taken while they were away is
   * replaced by another.
   *
   * @throws {ProtocolError} CONFLICT: the id they ask for is someone else's here
   */
  #userIdOf(kept: Seat | null, wanted?: string): string {
    const userId = kept?.userId ?? wanted ?? crypto.randomUUID();
    const holder = this.#people.find(userId);
    if (!holder || holder.seat === kept) return userId;
    if (kept) return crypto.randomUUID();
    throw new ProtocolError('CONFLICT', 'Someone with this user id is in the meeting already.');
  }
}
