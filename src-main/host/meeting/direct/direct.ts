import type { InviteContent } from '../../../../src-shared/protocol/index.ts';
import { Desks } from '../desk/desks.ts';
import type { DeskInvites } from '../desk/guest-list.ts';
import { type Log, attempt } from '../log.ts';
import type { Clock } from '../ports.ts';
import type { AddressKey, Unjoined } from '../unjoined.ts';
import { Caller } from './caller.ts';
import type { Line } from './line.ts';
import { Peer } from './peer.ts';
import { PeerRooms } from './rooms.ts';

/** What calls peer to peer ask of the invites. */
export interface DirectInvites extends DeskInvites {
  /** @throws {ProtocolError} NOT_FOUND, one and the same for every kind of bad token */
  read(token: string): Promise<InviteContent>;
  /** Whether an invite is neither revoked nor expired, nor its room ended. */
  stillValid(id: string): boolean;
  /** Notes who came by an invite. @throws {ProtocolError} FULL */
  noteUse(id: string, visitor: { userId: string; userName: string }): void;
}

interface DirectOptions {
  readonly invites: DirectInvites;
  readonly clock: Clock;
  readonly unjoined: Unjoined;
  readonly addressKey: AddressKey;
  readonly log: Log;
}

/** Someone who is about to connect. */
interface Newcomer {
  readonly remoteAddress: string;
  readonly token?: string | undefined;
}

/** Calls from one browser to another: the host relays what they are made of, never sound or pictures. */
export class Direct {
  readonly #options: DirectOptions;
  readonly #rooms: PeerRooms;
  readonly #desks: Desks;

  constructor(options: DirectOptions) {
    this.#options = options;
    this.#rooms = new PeerRooms(options.addressKey);
    this.#desks = new Desks(options);
  }

  /** An invite of a room was made or revoked, or the room has ended. */
  invitesChanged(roomId: string): void {
    this.#desks.invitesChanged(roomId);
  }

  /**
   * Whether someone may connect, and what their token says; null: they have none.
   *
   * @throws {ProtocolError} NOT_FOUND: a bad token; LIMIT
   */
  async admit({ remoteAddress, token }: Newcomer): Promise<InviteContent | null> {
    this.#options.unjoined.check(remoteAddress);
    return token === undefined ? null : this.#options.invites.read(token);
  }

  /**
   * Someone has connected. A gateway calls the caller's operations, and `left` when the line ends.
   *
   * @param invite what `admit` gave
   * @throws {ProtocolError} LIMIT
   */
  arrive(line: Line, invite: InviteContent | null): Caller {
    const { invites, clock, unjoined, log } = this.#options;
    unjoined.check(line.remoteAddress);
    const caller = new Caller({
      line,
      peer: new Peer(line, { rooms: this.#rooms, clock }),
      invite,
      stillValid: () => invite === null || invites.stillValid(invite.id),
      place: invite && this.#desks.seat(line, invite),
      unjoined,
    });
    // A desk knows people by their invites alone.
    if (invite) attempt(log, () => invites.noteUse(invite.id, { userId: invite.id, userName: nameIn(invite) }));
    return caller;
  }
}

/** What someone is called who comes by an invite, if only by what they come for. */
function nameIn({ name, appointment, role }: InviteContent): string {
  return name ?? appointment?.title ?? role;
}
