import { MAX_APPOINTMENT_LIST_KIB_BURST, MAX_APPOINTMENT_LIST_KIB_PER_SECOND } from '../../../../src-shared/limits.ts';
import {
  type Appointment,
  type AppointmentRow,
  type InviteContent,
  ProtocolError,
} from '../../../../src-shared/protocol/index.ts';
import type { DirectEvent, DirectHandlers, DirectConnection } from '../connection/direct-connection.ts';
import type { Clock } from '../ports.ts';
import { PacedNotice } from '../rates/paced-notice.ts';
import { RateLimit } from '../../rates/rate-limit.ts';
import { DirectCall, type Side } from './direct-call.ts';
import { DeskSlot, type DeskUser } from './desk-slot.ts';
import type { AppointmentInvite, DeskInviteList } from './desk-invite-list.ts';

export type DeskOperations = Pick<DirectHandlers, 'newOffer' | 'newAnswer' | 'iceToServer' | 'getIce' | 'hangUp'>;

/** What someone at a desk may do there. Each operation throws NOT_JOINED once another has taken the place. */
export interface DeskSession {
  readonly operations: DeskOperations;
  /** Of what they send on. */
  readonly relayLimit: RateLimit;
  leave(): void;
}

interface Client {
  appointment: Appointment;
  /** The invite of whoever came last: offer and candidates are theirs. */
  inviteId: string;
  readonly slot: DeskSlot;
  readonly call: DirectCall;
  /** Since when they wait to be called, epoch ms; null: they do not. */
  waitingSince: number | null;
  /** Whether both sides know that the call has ended, so that hanging up again need not be told. */
  hungUp: boolean;
}

/** Who is expected, as the professional is told. */
interface AppointmentList {
  readonly appointments: AppointmentRow[];
  /** The same as JSON text. */
  readonly text: string;
}

interface DeskOptions {
  readonly inviteList: DeskInviteList;
  readonly clock: Clock;
  /** Nobody is here any more, and nothing is kept. */
  readonly onIdle: () => void;
}

/** A professional and the clients who come to their appointments; the calls between them are relayed here. */
export class Desk {
  readonly #options: DeskOptions;
  readonly #professional: DeskSlot;
  /** By appointment: those who are here, and those who were a while ago. */
  readonly #clients = new Map<string, Client>();
  readonly #listNotice: PacedNotice<AppointmentList>;
  /** The list that the professional was told last, as JSON text; null: none yet. */
  #toldList: string | null = null;

  constructor(options: DeskOptions) {
    const { clock } = options;
    this.#options = options;
    const listRate = { burst: MAX_APPOINTMENT_LIST_KIB_BURST, perSecond: MAX_APPOINTMENT_LIST_KIB_PER_SECOND };
    this.#listNotice = new PacedNotice({
      clock,
      limits: [new RateLimit(() => clock.now(), listRate)],
      untold: () => this.#untoldList(),
      cost: ({ text }) => Math.ceil(Buffer.byteLength(text) / 1024),
      tell: (list) => this.#tellAppointments(list),
    });
    this.#professional = this.#newSlot(() => {
      for (const { call } of this.#clients.values()) call.forgetCandidatesOf('professional');
    });
  }

  /** To be called before someone comes. Throws what the store throws. */
  readInvites(): void {
    this.#options.inviteList.read();
  }

  /** The professional comes: they learn who is expected, and the offers that wait for them. */
  connectProfessional(connection: DirectConnection, invite: InviteContent): DeskSession {
    const user = { connection, invite };
    this.#forgetEndedCalls();
    this.#professional.join(user);
    for (const client of this.#clients.values()) client.hungUp = false;
    this.#notifyClients();
    this.#tellAppointments(this.#appointmentList());
    const expected = new Set(this.#options.inviteList.appointmentInvites.map(({ appointment }) => appointment.id));
    for (const client of this.#clients.values()) if (expected.has(client.appointment.id)) this.#notifyOffer(client);
    return {
      operations: this.#operations('professional', (appointmentId) => {
        requirePresence(this.#professional, user);
        return this.#find(appointmentId);
      }),
      relayLimit: this.#professional.relayLimit,
      leave: () => {
        if (this.#professional.leave(user)) this.#notifyClients();
      },
    };
  }

  /** A client comes, or comes again: there is one place for each appointment. */
  connectClient(connection: DirectConnection, invite: InviteContent, appointment: Appointment): DeskSession {
    const user = { connection, invite };
    const client = this.#clients.get(appointment.id) ?? this.#newClient(appointment, invite.id);
    if (client.inviteId !== invite.id) forgetCall(client);
    client.appointment = appointment;
    client.inviteId = invite.id;
    client.hungUp = false;
    client.slot.join(user);
    client.slot.notify('appointment', appointment);
    client.slot.notify(...this.#presence());
    this.#listNotice.update();
    return {
      operations: this.#operations('client', (appointmentId = appointment.id) => {
        requirePresence(client.slot, user);
        if (appointmentId !== appointment.id) throw noSuchAppointment();
        return client;
      }),
      relayLimit: client.slot.relayLimit,
      leave: () => {
        if (client.slot.leave(user)) this.#listNotice.update();
      },
    };
  }

  /** An invite to this desk was made or revoked, or the room has ended. */
  invitesChanged(): void {
    this.#options.inviteList.changed();
    this.#forgetEndedCalls();
    this.#listNotice.update();
  }

  /** @param find the client of an appointment that `side` may speak about */
  #operations(side: Side, find: (appointmentId?: string) => Client): DeskOperations {
    const other = side === 'client' ? 'professional' : 'client';
    const notifyOther = ({ slot }: Client, ...event: DirectEvent) =>
      (side === 'client' ? this.#professional : slot).notify(...event);

    return {
      newOffer: ({ offer }) => {
        const client = find();
        client.hungUp = false;
        client.call.offer(offer);
        client.waitingSince ??= this.#options.clock.now();
        this.#listNotice.update();
        this.#notifyOffer(client);
        return {};
      },
      newAnswer: ({ answer, appointmentId, offerId }) => {
        const client = find(appointmentId);
        if (!client.slot.user) throw new ProtocolError('NOT_FOUND', 'The client is not there just now.');
        client.call.answer(offerId);
        client.waitingSince = null;
        notifyOther(client, 'answerResponse', { answer, appointmentId });
        this.#listNotice.update();
        return {};
      },
      iceToServer: ({ candidate, appointmentId }) => {
        const client = find(appointmentId);
        if (candidate) client.call.keep(side, candidate);
        client.hungUp = false;
        notifyOther(client, 'iceToClient', { candidate, appointmentId: client.appointment.id });
        return {};
      },
      getIce: ({ appointmentId }) => ({ candidates: find(appointmentId).call.candidatesOf(other) }),
      hangUp: ({ appointmentId }) => {
        const client = find(appointmentId);
        if (client.hungUp) return {};
        client.hungUp = true;
        forgetCall(client);
        notifyOther(client, 'hungUp', { appointmentId: client.appointment.id });
        this.#listNotice.update();
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
    this.#forgetEndedCall(client);
    return client;
  }

  /** Nothing of clients whose invites were revoked or have expired may be taken for the next one's. */
  #forgetEndedCalls(): void {
    for (const client of this.#clients.values()) this.#forgetEndedCall(client);
  }

  #forgetEndedCall(client: Client): void {
    if (!this.#options.inviteList.holds(client.inviteId)) forgetCall(client);
  }

  #newClient(appointment: Appointment, inviteId: string): Client {
    const slot = this.#newSlot(() => this.#clients.delete(appointment.id));
    const call = new DirectCall();
    const client: Client = { appointment, inviteId, slot, call, waitingSince: null, hungUp: false };
    this.#clients.set(appointment.id, client);
    return client;
  }

  #newSlot(forget: () => void): DeskSlot {
    const { clock, inviteList, onIdle } = this.#options;
    const onForget = () => {
      forget();
      if (this.#clients.size === 0 && this.#professional.idle) onIdle();
    };
    return new DeskSlot({ clock, inviteList, onForget });
  }

  #row({ appointment, name }: AppointmentInvite): AppointmentRow {
    const client = this.#clients.get(appointment.id);
    const waiting = client !== undefined && client.slot.user !== null && client.call.waitingOffer !== null;
    const since = waiting ? client.waitingSince : null;
    return {
      ...appointment,
      ...(name !== undefined && { name }),
      waiting,
      ...(since !== null && { since }),
    };
  }

  #appointmentList(): AppointmentList {
    const appointments = this.#options.inviteList.appointmentInvites.map((invite) => this.#row(invite));
    return { appointments, text: JSON.stringify(appointments) };
  }

  /** Null: the professional is not here, or knows it. */
  #untoldList(): AppointmentList | null {
    if (this.#professional.user === null) return null;
    const list = this.#appointmentList();
    return list.text === this.#toldList ? null : list;
  }

  #tellAppointments({ appointments, text }: AppointmentList): void {
    this.#toldList = text;
    this.#professional.notify('apptData', { appointments });
  }

  #notifyOffer({ appointment, call }: Client): void {
    if (call.waitingOffer) this.#professional.notify('newOfferWaiting', { ...call.waitingOffer, appointment });
  }

  #notifyClients(): void {
    for (const { slot } of this.#clients.values()) slot.notify(...this.#presence());
  }

  #presence(): DirectEvent {
    const { user } = this.#professional;
    const name = user?.invite.name;
    return ['professional', { here: user !== null, ...(name !== undefined && { name }) }];
  }
}

function forgetCall(client: Client): void {
  client.call.forget();
  client.waitingSince = null;
}

function requirePresence(slot: DeskSlot, user: DeskUser): void {
  if (slot.user === user) return;
  throw new ProtocolError('NOT_JOINED', 'Your place at this desk was taken from another window.');
}

function noSuchAppointment(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'No client of this appointment has come to your desk.');
}
