import type { InviteContent } from '../../../../src-shared/protocol/index.ts';
import type { DirectConnection } from '../connection/direct-connection.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports.ts';
import { Desk, type DeskSession } from './desk.ts';
import { type DeskInviteSource, DeskInviteList } from './desk-invite-list.ts';

interface DesksOptions {
  readonly invites: DeskInviteSource;
  readonly clock: Clock;
  readonly log: Log;
}

/** The desks that are in use, or were within `DESK_MEMORY_MS`. */
export class Desks {
  readonly #options: DesksOptions;
  readonly #byRoomId = new Map<string, Desk>();

  constructor(options: DesksOptions) {
    this.#options = options;
  }

  /** How many there are. */
  get count(): number {
    return this.#byRoomId.size;
  }

  /** The session that an invite gives at its desk; null: it is not an invite to a desk. @throws errors of the store */
  connect(connection: DirectConnection, invite: InviteContent): DeskSession | null {
    const { role, roomId, appointment } = invite;
    if (role === 'professional') return this.#at(roomId).connectProfessional(connection, invite);
    if (role === 'client' && appointment) return this.#at(roomId).connectClient(connection, invite, appointment);
    return null;
  }

  /** An invite of a room was made or revoked, or the room has ended. */
  invitesChanged(roomId: string): void {
    this.#byRoomId.get(roomId)?.invitesChanged();
  }

  #at(roomId: string): Desk {
    const desk = this.#byRoomId.get(roomId) ?? this.#newDesk(roomId);
    desk.readInvites();
    this.#byRoomId.set(roomId, desk);
    return desk;
  }

  #newDesk(roomId: string): Desk {
    const inviteList = new DeskInviteList({ roomId, ...this.#options });
    return new Desk({ inviteList, clock: this.#options.clock, onIdle: () => this.#byRoomId.delete(roomId) });
  }
}
