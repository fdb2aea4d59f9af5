/** Somebody who calls peer to peer on a real host; what the host says is checked against the contract. */
import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import * as v from 'valibot';
import {
  type Appointment,
  type CreateInvite,
  CreatedInvite,
  InviteList,
  type CreatedRoom,
  DIRECT_NAMESPACE,
  type DirectAnswer,
  type DirectEventPayload,
  type DirectEventName,
  type DirectRequestName,
  type DirectRequests,
  directEvents,
  directRequests,
} from '../../../../../src-shared/protocol/index.ts';
import { type LiveHost, LiveSocket } from '../../../testing.ts';

/** As Chromium makes it for a camera and a microphone, shortened. */
export const offer = { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n' } as const;
export const answer = { ...offer, type: 'answer' } as const;
export const candidate = {
  candidate: 'candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host generation 0 ufrag aBcD network-cost 999',
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'aBcD',
};

export class DirectPerson extends LiveSocket<{ [Name in DirectEventName]: DirectEventPayload<Name> }> {
  constructor(host: LiveHost, options: Partial<ManagerOptions & SocketOptions> = {}) {
    super(host.connect({ namespace: DIRECT_NAMESPACE, ...options }).socket, directEvents);
  }

  /** @throws {ProtocolError} what the host answered */
  async ask<Name extends DirectRequestName>(
    name: Name,
    payload: v.InferInput<DirectRequests[Name]['payload']>,
  ): Promise<DirectAnswer<Name>> {
    return v.parse(directRequests[name].answer, await this.askUnchecked(name, payload));
  }

  async join(personName: string, roomName = 'Lab'): Promise<this> {
    await this.connected();
    await this.ask('join_room', { roomName, personName });
    return this;
  }
}

/** A desk of its own on a host, and links to it. */
export class LiveDesk {
  readonly #host: LiveHost;
  readonly #room: CreatedRoom;

  private constructor(host: LiveHost, room: CreatedRoom) {
    this.#host = host;
    this.#room = room;
  }

  static async open(host: LiveHost): Promise<LiveDesk> {
    return new LiveDesk(host, await host.makeRoom());
  }

  async invite(invite: CreateInvite): Promise<CreatedInvite> {
    const { text } = await this.#ask('', { method: 'POST', body: JSON.stringify(invite) });
    return v.parse(CreatedInvite, JSON.parse(text));
  }

  /** A link for a client with an appointment of this id. */
  async inviteClient(
    id: string,
    more: Partial<CreateInvite> = {},
  ): Promise<CreatedInvite & { appointment: Appointment }> {
    const appointment = { id, title: 'Check-up', startsAt: Date.UTC(2030, 0, 1) };
    return { ...(await this.invite({ role: 'client', name: `Client ${id}`, appointment, ...more })), appointment };
  }

  async revoke({ id }: CreatedInvite): Promise<void> {
    await this.#ask(`/${id}`, { method: 'DELETE' });
  }

  /** The names of those who came by a link, in the order they did. */
  async usersOf({ id }: CreatedInvite): Promise<string[]> {
    const { text } = await this.#ask('', { method: 'GET' });
    const listed = v.parse(InviteList, JSON.parse(text)).invites.find((invite) => invite.id === id);
    return listed?.uses.map(({ userName }) => userName) ?? [];
  }

  /** Somebody who comes by a link. */
  come({ token }: { token: string }): Promise<DirectPerson> {
    return new DirectPerson(this.#host, { auth: { token } }).connected();
  }

  async #ask(path: string, options: { method: string; body?: string }) {
    const { roomId, hostToken } = this.#room;
    const headers = { Authorization: `Bearer ${hostToken}`, 'Content-Type': 'application/json' };
    const reply = await this.#host.ask(`/api/rooms/${roomId}/invites${path}`, { headers, ...options });
    if (reply.status >= 300) throw new Error(`The host answered ${reply.status}: ${reply.text}`);
    return reply;
  }
}
