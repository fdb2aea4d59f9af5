import type { InviteContent } from '../../../../src-shared/protocol/index.ts';
import { Desks } from '../desk/desks.ts';
import type { DeskInviteSource } from '../desk/desk-invite-list.ts';
import { type Log, attempt } from '../log.ts';
import type { AddressKey, Clock } from '../ports.ts';
import type { UnjoinedConnections } from '../connection/unjoined-connections.ts';
import { ClientSession } from '../session/client-session.ts';
import { type HostRates, relayLimit } from '../rates/session-rates.ts';
import { DirectActivity } from './direct-activity.ts';
import type { DirectAnswers, DirectConnection, DirectPayloads } from '../connection/direct-connection.ts';
import { Peer } from './peer.ts';
import { PeerRooms } from './peer-rooms.ts';

/** What calls peer to peer ask of the invites. */
export interface DirectInvites extends DeskInviteSource {
  /** @throws {ProtocolError} NOT_FOUND, one and the same for every kind of bad token */
  read(token: string): Promise<InviteContent>;
  /** Whether an invite is neither revoked nor expired, nor its room ended. */
  stillValid(id: string): boolean;
  /** Notes who came by an invite. @throws {ProtocolError} FULL */
  noteUse(id: string, session: { userId: string; userName: string }): void;
}

interface DirectOptions {
  readonly invites: DirectInvites;
  readonly clock: Clock;
  readonly unjoined: UnjoinedConnections;
  readonly rates: HostRates;
  readonly addressKey: AddressKey;
  readonly log: Log;
}

/** A client that is about to connect. */
interface Newcomer {
  readonly remoteAddress: string;
  readonly token?: string | undefined;
}

/** What one connection may do in calls from browser to browser. */
export type DirectSession = ClientSession<DirectPayloads, DirectAnswers>;

/** Calls from one browser to another. The host relays their signaling, never media. */
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
  async readInvite({ remoteAddress, token }: Newcomer): Promise<InviteContent | null> {
    this.#options.unjoined.check(remoteAddress);
    return token === undefined ? null : this.#options.invites.read(token);
  }

  /**
   * A client has connected. The gateway calls the session's operations, and `ended` when the connection ends.
   *
   * @param invite what `readInvite` gave
   * @throws {ProtocolError} LIMIT
   */
  connect(connection: DirectConnection, invite: InviteContent | null): DirectSession {
    const { invites, clock, unjoined, rates, log } = this.#options;
    unjoined.check(connection.remoteAddress);
    const deskSession = invite && this.#desks.connect(connection, invite);
    const activity = new DirectActivity({
      connection,
      peer: new Peer(connection, { rooms: this.#rooms, clock }),
      invite,
      stillValid: () => invite === null || invites.stillValid(invite.id),
      deskSession,
      unjoined,
      relayLimit: deskSession?.relayLimit ?? relayLimit(clock),
    });
    // At a desk people are identified by their invites only.
    if (invite) attempt(log, () => invites.noteUse(invite.id, { userId: invite.id, userName: nameIn(invite) }));
    return new ClientSession({ activity, remoteAddress: () => connection.remoteAddress, rates });
  }
}

/** What someone is called who comes by an invite, if only by what they come for. */
function nameIn({ name, appointment, role }: InviteContent): string {
  return name ?? appointment?.title ?? role;
}
