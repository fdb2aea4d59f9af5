import type { InviteContent } from '../../../../src-shared/protocol/index.ts';
import type { Line } from '../direct/line.ts';
import type { Clock } from '../ports.ts';
import { Desk, type DeskInvites, type Place } from './desk.ts';

/** The desks where somebody is, or was a while ago. */
export class Desks {
  readonly #invites: DeskInvites;
  readonly #clock: Clock;
  readonly #byRoomId = new Map<string, Desk>();

  constructor({ invites, clock }: { invites: DeskInvites; clock: Clock }) {
    this.#invites = invites;
    this.#clock = clock;
  }

  /** How many there are. */
  get count(): number {
    return this.#byRoomId.size;
  }

  /** The place an invite gives at its desk; null: it is not one to a desk. */
  seat(line: Line, invite: InviteContent): Place | null {
    const { role, roomId, appointment } = invite;
    if (role === 'professional') return this.#at(roomId).seatProfessional(line, invite);
    if (role === 'client' && appointment) return this.#at(roomId).seatClient(line, invite, appointment);
    return null;
  }

  /** An invite of a room was made or revoked. */
  invitesChanged(roomId: string): void {
    this.#byRoomId.get(roomId)?.invitesChanged();
  }

  #at(roomId: string): Desk {
    const present = this.#byRoomId.get(roomId);
    if (present) return present;
    const onIdle = () => this.#byRoomId.delete(roomId);
    const desk = new Desk({ roomId, invites: this.#invites, clock: this.#clock, onIdle });
    this.#byRoomId.set(roomId, desk);
    return desk;
  }
}
