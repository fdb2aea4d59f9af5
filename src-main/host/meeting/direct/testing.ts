/** Stand-ins for tests of calls peer to peer: invites by hand, and lines that remember what they were told. */
import {
  type DirectAnswer,
  type DirectEventName,
  type DirectEventPayload,
  type DirectPayload as DirectPayloadInput,
  type DirectRequestName,
  type InviteContent,
  ProtocolError,
  directRequests,
} from '../../../../src-shared/protocol/index.ts';
import type { Log } from '../log.ts';
import { FakeClock, networkOf } from '../testing.ts';
import { UnjoinedConnections } from '../connection/unjoined-connections.ts';
import { HostRates } from '../rates/session-rates.ts';
import { Direct, type DirectInvites, type DirectSession } from './direct.ts';
import type { DirectEvent, DirectConnection } from '../connection/direct-connection.ts';

export const offer = { type: 'offer', sdp: 'v=0' } as const;
export const answer = { type: 'answer', sdp: 'v=0' } as const;
export const candidate = (name = 'one') => ({ candidate: `candidate:${name}`, sdpMid: '0', sdpMLineIndex: 0 });

/** Invites whose tokens are their ids. */
export class FakeInvites implements DirectInvites {
  onChange: (roomId: string) => void = () => undefined;
  /** Whether the disk they are on fails. */
  unreadable = false;
  /** How often a desk has read them. */
  readings = 0;
  readonly #invites = new Map<string, InviteContent>();

  add(invite: InviteContent): void {
    this.#invites.set(invite.id, invite);
    this.onChange(invite.roomId);
  }

  revoke(id: string): void {
    const invite = this.#invites.get(id);
    this.#invites.delete(id);
    if (invite) this.onChange(invite.roomId);
  }

  read(token: string): Promise<InviteContent> {
    const invite = this.#invites.get(token);
    return invite ? Promise.resolve(invite) : Promise.reject(new ProtocolError('NOT_FOUND', 'No such invite.'));
  }

  toDesk(roomId: string): InviteContent[] {
    this.#requireReadable();
    this.readings++;
    return [...this.#invites.values()].filter((invite) => invite.roomId === roomId);
  }

  noteUse(): void {
    this.#requireReadable();
  }

  stillValid(id: string): boolean {
    this.#requireReadable();
    return this.#invites.has(id);
  }

  #requireReadable(): void {
    if (this.unreadable) throw new Error('The disk cannot be read.');
  }
}

export class FakeDirectConnection implements DirectConnection {
  readonly id: string;
  readonly remoteAddress: string;
  readonly localAddress = '192.0.2.200';
  readonly events: DirectEvent[] = [];
  closed = false;

  constructor(id: string, remoteAddress = '192.0.2.1') {
    this.id = id;
    this.remoteAddress = remoteAddress;
  }

  readonly notify = (...event: DirectEvent): void => {
    this.events.push(event);
  };

  close(reason?: string): void {
    if (reason !== undefined) this.notify('removed', { reason });
    this.closed = true;
  }

  /** What it was told since last asked, in order. */
  take(): DirectEvent[] {
    return this.events.splice(0);
  }

  /** The payloads of every `name` it was told. */
  told<Name extends DirectEventName & DirectEvent[0]>(name: Name): DirectEventPayload<Name>[] {
    return this.events
      .filter((event): event is Extract<DirectEvent, [Name, unknown]> => event[0] === name)
      .map(([, payload]) => payload);
  }
}

type DirectRequests = {
  [Name in DirectRequestName]: (payload: DirectPayloadInput<Name>) => DirectAnswer<Name>;
};

/** The operations of a session by their names; those of calls answer at once. */
export function operationsOf(session: DirectSession): DirectRequests {
  const perform = (name: string) => (payload: object) => session.perform(name as never, payload as never);
  const names = Object.keys(directRequests);
  return Object.fromEntries(names.map((name) => [name, perform(name)])) as unknown as DirectRequests;
}

/** Calls peer to peer on a host of its own, with a desk `desk` that expects whoever is invited. */
export function hostCalls() {
  const clock = new FakeClock();
  const invites = new FakeInvites();
  const warnings: string[] = [];
  const log: Log = { info: () => undefined, warn: (message) => warnings.push(message), error: () => undefined };
  const direct = new Direct({
    clock,
    invites,
    unjoined: new UnjoinedConnections(clock, networkOf),
    rates: new HostRates(clock, networkOf),
    addressKey: networkOf,
    log,
  });
  invites.onChange = (roomId) => direct.invitesChanged(roomId);

  const connect = async (id: string, { token, remoteAddress }: { token?: string; remoteAddress?: string } = {}) => {
    const connection = new FakeDirectConnection(id, remoteAddress);
    const invite = await direct.readInvite({ remoteAddress: connection.remoteAddress, token });
    const session = direct.connect(connection, invite);
    return { connection, session, ...operationsOf(session) };
  };
  const professional = (id = 'professional') => {
    invites.add({ id, roomId: 'desk', role: 'professional', name: 'Dr. Okafor' });
    return connect(`socket-of-${id}`, { token: id });
  };
  const invite = (name: string, appointmentId = `${name}-1`) => {
    const appointment = { id: appointmentId, title: 'Check-up', startsAt: clock.now() };
    invites.add({ id: name, roomId: 'desk', role: 'client', name, appointment });
    return appointment;
  };
  const client = async (name: string) => {
    if (!invites.stillValid(name)) invite(name);
    return connect(`socket-of-${name}-${crypto.randomUUID()}`, { token: name });
  };
  return { clock, invites, warnings, direct, connect, professional, invite, client };
}

/** A professional and a client at their desk, the client's offer waiting. */
export async function twoAtADesk() {
  const host = hostCalls();
  const doctor = await host.professional();
  const ada = await host.client('ada');
  ada.newOffer({ offer });
  const [waiting] = doctor.connection.told('newOfferWaiting');
  doctor.connection.take();
  ada.connection.take();
  return { ...host, doctor, ada, offerId: waiting?.offerId ?? '' };
}
