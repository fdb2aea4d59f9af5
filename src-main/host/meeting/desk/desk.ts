import {
  type Appointment,
  type AppointmentRow,
  type InviteContent,
  ProtocolError,
} from '../../../../src-shared/protocol/index.ts';
import type { DirectEvent, DirectOperations, Line } from '../direct/line.ts';
import type { Clock } from '../ports.ts';
import { Call, type Side } from './call.ts';
import { Chair, type Guest } from './chair.ts';
import type { Booking, GuestList } from './guest-list.ts';

export type DeskOperations = Pick<DirectOperations, 'newOffer' | 'newAnswer' | 'iceToServer' | 'getIce' | 'hangUp'>;

/** What someone at a desk may do there. Each operation throws NOT_JOINED once another has taken the place. */
export interface Place {
  readonly operations: DeskOperations;
  leave(): void;
}

interface Client {
  appointment: Appointment;
  readonly chair: Chair;
  readonly call: Call;
  /** Since when they wait to be called, epoch ms; null: they do not. */
  waitingSince: number | null;
}

interface DeskOptions {
  readonly guests: GuestList;
  readonly clock: Clock;
  /** Nobody is here any more, and nothing is kept. */
  readonly onIdle: () => void;
}

/** A professional and the clients who come to their appointments; the calls between them are relayed here. */
export class Desk {
  readonly #options: DeskOptions;
  readonly #professional: Chair;
  /** By appointment: those who are here, and those who were a while ago. */
  readonly #clients = new Map<string, Client>();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#professional = this.#newChair(() => {
      for (const { call } of this.#clients.values()) call.forgetCandidatesOf('professional');
    });
  }

  /** To be called before someone comes. Throws what the store throws. */
  readInvites(): void {
    this.#options.guests.read();
  }

  /** The professional comes: they learn who is expected, and the offers that wait for them. */
  seatProfessional(line: Line, invite: InviteContent): Place {
    const guest = { line, invite };
    this.#professional.sit(guest);
    this.#tellClients();
    this.#tellAppointments();
    const expected = new Set(this.#options.guests.bookings.map(({ appointment }) => appointment.id));
    for (const client of this.#clients.values()) if (expected.has(client.appointment.id)) this.#tellOffer(client);
    return {
      operations: this.#operations('professional', (appointmentId) => {
        requirePresence(this.#professional, guest);
        return this.#find(appointmentId);
      }),
      leave: () => {
        if (this.#professional.leave(guest)) this.#tellClients();
      },
    };
  }

  /** A client comes, or comes again: there is one place for each appointment. */
  seatClient(line: Line, invite: InviteContent, appointment: Appointment): Place {
    const guest = { line, invite };
    const client = this.#clients.get(appointment.id) ?? this.#newClient(appointment);
    client.appointment = appointment;
    client.chair.sit(guest);
    client.chair.tell('appointment', appointment);
    client.chair.tell(...this.#presence());
    this.#tellAppointments();
    return {
      operations: this.#operations('client', (appointmentId = appointment.id) => {
        requirePresence(client.chair, guest);
        if (appointmentId !== appointment.id) throw noSuchAppointment();
        return client;
      }),
      leave: () => {
        if (client.chair.leave(guest)) this.#tellAppointments();
      },
    };
  }

  /** An invite to this desk was made or revoked, or the room has ended. */
  invitesChanged(): void {
    this.#options.guests.changed();
    this.#tellAppointments();
  }

  /** @param find the client of an appointment that `side` may speak about */
  #operations(side: Side, find: (appointmentId?: string) => Client): DeskOperations {
    const other = side === 'client' ? 'professional' : 'client';
    const tellOther = ({ chair }: Client, ...event: DirectEvent) =>
      (side === 'client' ? this.#professional : chair).tell(...event);

    return {
      newOffer: ({ offer }) => {
        if (side !== 'client') throw new ProtocolError('FORBIDDEN', 'At a desk the client makes the offer.');
        const client = find();
        client.call.offer(offer);
        client.waitingSince ??= this.#options.clock.now();
        this.#tellAppointments();
        this.#tellOffer(client);
        return {};
      },
      newAnswer: ({ answer, appointmentId, offerId }) => {
        if (side !== 'professional') throw new ProtocolError('FORBIDDEN', 'At a desk the professional answers.');
        const client = find(appointmentId);
        if (!client.chair.guest) throw new ProtocolError('NOT_FOUND', 'The client is not there just now.');
        client.call.answer(offerId);
        client.waitingSince = null;
        tellOther(client, 'answerResponse', { answer, appointmentId });
        this.#tellAppointments();
        return {};
      },
      iceToServer: ({ candidate, appointmentId }) => {
        const client = find(appointmentId);
        if (candidate) client.call.keep(side, candidate);
        tellOther(client, 'iceToClient', { candidate, appointmentId: client.appointment.id });
        return {};
      },
      getIce: ({ appointmentId }) => ({ candidates: find(appointmentId).call.candidatesOf(other) }),
      hangUp: ({ appointmentId }) => {
        const client = find(appointmentId);
        client.call.forget();
        client.waitingSince = null;
        tellOther(client, 'hungUp', { appointmentId: client.appointment.id });
        this.#tellAppointments();
        return {};
      },
    };
  }

  /** @throws {ProtocolError} BAD_REQUEST, NOT_FOUND */
  #find(appointmentId: string | undefined): Client {
    if (appointmentId === undefined) {
      throw new ProtocolError('BAD_REQUEST', 'appointmentId: must say which appointment is meant');
    }
    const client = this.#clients.get(appointmentId);
    if (!client) throw noSuchAppointment();
    return client;
  }

  #newClient(appointment: Appointment): Client {
    const chair = this.#newChair(() => this.#clients.delete(appointment.id));
    const client: Client = { appointment, chair, call: new Call(), waitingSince: null };
    this.#clients.set(appointment.id, client);
    return client;
  }

  #newChair(forget: () => void): Chair {
    const { clock, guests, onIdle } = this.#options;
    const onForget = () => {
      forget();
      if (this.#clients.size === 0 && this.#professional.idle) onIdle();
    };
    return new Chair({ clock, guests, onForget });
  }

  #row({ appointment, name }: Booking): AppointmentRow {
    const client = this.#clients.get(appointment.id);
    const waiting = client !== undefined && client.chair.guest !== null && client.call.waitingOffer !== null;
    const since = waiting ? client.waitingSince : null;
    return {
      ...appointment,
      ...(name !== undefined && { name }),
      waiting,
      ...(since !== null && { since }),
    };
  }

  #tellAppointments(): void {
    if (!this.#professional.guest) return;
    const appointments = this.#options.guests.bookings.map((booking) => this.#row(booking));
    this.#professional.tell('apptData', { appointments });
  }

  #tellOffer({ appointment, call }: Client): void {
    if (call.waitingOffer) this.#professional.tell('newOfferWaiting', { ...call.waitingOffer, appointment });
  }

  #tellClients(): void {
    for (const { chair } of this.#clients.values()) chair.tell(...this.#presence());
  }

  #presence(): DirectEvent {
    const { guest } = this.#professional;
    const name = guest?.invite.name;
    return ['professional', { here: guest !== null, ...(name !== undefined && { name }) }];
  }
}

function requirePresence(chair: Chair, guest: Guest): void {
  if (chair.guest === guest) return;
  throw new ProtocolError('NOT_JOINED', 'Your place at this desk was taken from another window.');
}

function noSuchAppointment(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'No client of this appointment has come to your desk.');
}
