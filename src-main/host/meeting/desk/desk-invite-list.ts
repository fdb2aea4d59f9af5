import type { Appointment, InviteContent } from '../../../../src-shared/protocol/index.ts';
import { type Log, attempt } from '../log.ts';
import type { Clock } from '../ports.ts';

/** What desks ask of the invites. */
export interface DeskInviteSource {
  /** The valid invites to a room's desk, in the order they were made. */
  toDesk(roomId: string): InviteContent[];
}

/** A client's invite with an appointment. */
export type AppointmentInvite = InviteContent & { readonly appointment: Appointment };

interface DeskInviteListOptions {
  readonly roomId: string;
  readonly invites: DeskInviteSource;
  readonly clock: Clock;
  readonly log: Log;
}

/** The people invited to a desk. The list is cached, because every message at the desk needs it, and read again after a change. */
export class DeskInviteList {
  readonly #options: DeskInviteListOptions;
  readonly #byId = new Map<string, InviteContent>();
  #outdated = true;

  constructor(options: DeskInviteListOptions) {
    this.#options = options;
  }

  /** An invite to this desk was made or revoked, or the room has ended. */
  changed(): void {
    this.#outdated = true;
  }

  /** Must be called before somebody connects, so that their invite is known. @throws errors of the store */
  read(): void {
    if (!this.#outdated) return;
    const { invites, roomId } = this.#options;
    const valid = invites.toDesk(roomId);
    this.#byId.clear();
    for (const invite of valid) this.#byId.set(invite.id, invite);
    this.#outdated = false;
  }

  /** Whether an invite is neither revoked nor expired. */
  holds(inviteId: string): boolean {
    const invite = this.#latest().get(inviteId);
    return invite !== undefined && this.#lasts(invite);
  }

  /** The clients who are expected; of two invites to the same appointment the later counts. */
  get appointmentInvites(): AppointmentInvite[] {
    const byAppointment = new Map<string, AppointmentInvite>();
    for (const invite of this.#latest().values()) {
      if (isAppointmentInvite(invite) && this.#lasts(invite)) byAppointment.set(invite.appointment.id, invite);
    }
    return [...byAppointment.values()];
  }

  /** If the list cannot be read, the earlier one stays. */
  #latest(): ReadonlyMap<string, InviteContent> {
    attempt(this.#options.log, () => this.read());
    return this.#byId;
  }

  #lasts({ expires = Infinity }: InviteContent): boolean {
    return this.#options.clock.now() < expires;
  }
}

function isAppointmentInvite(invite: InviteContent): invite is AppointmentInvite {
  return invite.role === 'client' && invite.appointment !== undefined;
}
