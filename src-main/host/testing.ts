/** A whole host on free ports, and people who speak to it over real sockets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { connect, type NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ManagerOptions, type Socket, type SocketOptions, io } from 'socket.io-client';
import * as v from 'valibot';
import {
  type Answer,
  CreatedRoom,
  type EventName,
  type EventPayload,
  Failure,
  NAMESPACE,
  type PayloadInput,
  ProtocolError,
  type RequestName,
  type RoomSettings,
  type RtpCapabilities,
  events,
  requests,
} from '../../src-shared/protocol/index.ts';
import { Inbox } from './gateways/testing.ts';
import { type Host, type HostOptions, startHost } from './host.ts';

const Succeeded = v.object({ success: v.literal(true) });
const Failed = v.object({ success: v.literal(false), error: Failure });

const ANSWER_WITHIN_MS = 10_000;

export interface LiveHost {
  readonly host: Host;
  readonly origin: string;
  /** The `Host` header of `origin`. */
  readonly authority: string;
  makeRoom(settings?: RoomSettings): Promise<CreatedRoom>;
  /** @param options.at the origin to reach the host by */
  connect(options?: Partial<ManagerOptions & SocketOptions> & { namespace?: string; at?: string }): LivePerson;
  /** A request over TLS, headers as given. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<HttpReply>;
  /** Ends every connection. */
  disconnectAll(): void;
  close(): Promise<void>;
}

export interface HttpReply {
  status: number;
  text: string;
}

export async function startLiveHost(more: Partial<HostOptions> = {}): Promise<LiveHost> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-host-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const options = { dataDir, port: 0, name: 'desk', version: '1.2.3', pageRoot: join(dataDir, 'page'), workerCount: 1 };
  const host = await startHost({ ...options, log, ...more });
  const authority = `127.0.0.1:${host.port}`;
  const origin = `https://${authority}`;
  const people = new Set<LivePerson>();

  const ask: LiveHost['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const asking = request(`${origin}${path}`, { method, headers, rejectUnauthorized: false, agent: false });
      asking.on('error', reject);
      asking.on('upgrade', (reply, socket) => {
        socket.destroy();
        resolve({ status: reply.statusCode ?? 0, text: '' });
      });
      asking.on('response', (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        reply.on('error', reject);
      });
      asking.end(body);
    });

  const disconnectAll = () => {
    for (const person of people) person.socket.disconnect();
    people.clear();
  };

  return {
    host,
    origin,
    authority,
    ask,
    async makeRoom(settings) {
      const headers = { 'Content-Type': 'application/json' };
      const { text } = await ask('/api/rooms', {
        method: 'POST',
        headers,
        body: JSON.stringify({ hostName: 'Ada', settings }),
      });
      return v.parse(CreatedRoom, JSON.parse(text));
    },
    connect({ namespace = NAMESPACE, at = origin, ...socket } = {}) {
      const person = new LivePerson(
        io(`${at}${namespace}`, { rejectUnauthorized: false, forceNew: true, transports: ['websocket'], ...socket }),
      );
      people.add(person);
      return person;
    },
    disconnectAll,
    async close() {
      await host.close('The test is over.');
      disconnectAll();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type Schemas<Payloads> = { readonly [Name in keyof Payloads]: v.GenericSchema<unknown, Payloads[Name]> };

function read<Payload>(schema: v.GenericSchema<unknown, Payload>, told: unknown): Payload {
  return v.parse(schema, told);
}

/** One socket: what it asks and what it is told; what it is told is checked against the contract. */
export class LiveSocket<Payloads> {
  readonly socket: Socket;
  readonly #events: Schemas<Payloads>;
  readonly #told = new Inbox<{ name: string; payload: unknown }>();

  /** @param events what the contract says of each */
  constructor(socket: Socket, events: Schemas<Payloads>) {
    this.socket = socket;
    this.#events = events;
    socket.onAny((name: string, payload: unknown) => this.#told.add({ name, payload }));
  }

  /** Resolves when connected. Rejects with what the host said instead. */
  async connected(): Promise<this> {
    if (this.socket.connected) return this;
    return new Promise((resolve, reject) => {
      this.socket.once('connect', () => resolve(this));
      this.socket.once('connect_error', reject);
    });
  }

  /** Why the connection ended. */
  disconnected(): Promise<string> {
    return new Promise((resolve) => this.socket.once('disconnect', resolve));
  }

  /** Sends a request without checking its name or payload. @throws {ProtocolError} what the host answered */
  async askUnchecked(name: string, ...payload: unknown[]): Promise<unknown> {
    const envelope: unknown = await this.socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, ...payload);
    if (v.is(Failed, envelope)) throw new ProtocolError(envelope.error.code, envelope.error.message);
    return v.parse(v.looseObject(Succeeded.entries), envelope);
  }

  /** The payload of the first `name` told, or still to be told, that fits; it is taken out. */
  async next<Name extends keyof Payloads & string>(
    name: Name,
    fits: (payload: Payloads[Name]) => boolean = () => true,
  ): Promise<Payloads[Name]> {
    const { payload } = await this.#told.next((told) => {
      if (told.name !== name) return null;
      const payload: Payloads[Name] = read(this.#events[name], told.payload);
      return fits(payload) ? { payload } : null;
    });
    return payload;
  }

  /** The names of all told so far, in order. */
  get names(): string[] {
    return this.#told.all.map(({ name }) => name);
  }

  /** Forgets all told so far. */
  forget(): void {
    this.#told.clear();
  }
}

/** Somebody who speaks as Parley's own client does; answers are checked against the contract too. */
export class LivePerson extends LiveSocket<{ [Name in EventName]: EventPayload<Name> }> {
  constructor(socket: Socket) {
    super(socket, events);
  }

  /** @throws {ProtocolError} what the host answered */
  async ask<Name extends RequestName>(name: Name, payload: PayloadInput<Name>): Promise<Answer<Name>> {
    return v.parse(requests[name].answer, await this.askUnchecked(name, payload));
  }

  /** Joins, with capabilities to receive everything the host carries. */
  async join(roomId: string, userName: string, more: Partial<PayloadInput<'joinRoom'>> = {}) {
    await this.connected();
    return this.ask('joinRoom', { roomId, userName, userId: userName, ...more });
  }

  /** What can receive everything the host carries. */
  async capabilities(roomId: string): Promise<RtpCapabilities> {
    return (await this.ask('getRouterRtpCapabilities', { roomId })).rtpCapabilities;
  }
}

/** How many of `count` connections that are open at the same time get an answer to an HTTP request. */
export async function answeredOf(count: number, to: NetConnectOpts): Promise<number> {
  const sockets = Array.from({ length: count }, () => connect(to));
  const answers = await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<boolean>((resolve) => {
          socket
            .once('data', () => resolve(true))
            .once('close', () => resolve(false))
            .on('error', () => undefined);
          socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
        }),
    ),
  );
  for (const socket of sockets) socket.destroy();
  return answers.filter((answered) => answered).length;
}
