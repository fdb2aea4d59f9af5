/** An attendee of the HTTP media API, written from docs/http-api.md alone. */
import { once } from 'node:events';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { Inbox } from '../inbox.ts';
import { Fields, type Reply, fieldsOf, text } from '../reply.ts';
import type { HttpClient } from './http.ts';
import { openWebSocket } from './open-websocket.ts';

const Event = v.looseObject({ event: v.string() });

export class Attendee {
  readonly inbox = new Inbox();
  readonly #host: string;
  readonly #http: HttpClient;
  #token: string | undefined;
  #events: WebSocket | null = null;

  /** @param token of one who waits; absent: `reserve` gets one */
  constructor(host: string, http: HttpClient, token?: string) {
    this.#host = host;
    this.#http = http;
    this.#token = token;
  }

  get token(): string {
    return this.#token ?? '';
  }

  get events(): WebSocket {
    if (!this.#events) throw new Error('the events are not open');
    return this.#events;
  }

  async ask(name: string, input?: unknown, method = 'POST'): Promise<Reply> {
    const { reply } = await this.#http.ask(method, `/api/media/rooms/${name}`, { input, token: this.#token });
    return reply;
  }

  /** Gets a place, unseen. */
  async reserve(room: string, user: string): Promise<Fields> {
    const created = fieldsOf(await this.ask('createAttendee', { room, user }));
    this.#token = text(created, 'token');
    return created;
  }

  /** Is there for others from now on. */
  async open(): Promise<void> {
    const address = `${this.#host.replace(/^http/, 'ws')}/api/media/events?token=${this.token}`;
    this.#events = await openWebSocket(address, (socket) => {
      socket.on('message', (data: Buffer) => {
        const { event, ...payload } = v.parse(Event, JSON.parse(data.toString()));
        this.inbox.add(event, payload);
      });
    });
    await this.settled();
  }

  say(message: object): void {
    this.events.send(JSON.stringify(message));
  }

  /** Resolves when all that the host has told so far is here. */
  async settled(): Promise<void> {
    if (this.#events?.readyState !== WebSocket.OPEN) return;
    this.#events.ping();
    await once(this.#events, 'pong');
  }

  async leave(): Promise<void> {
    if (this.#token !== undefined) await this.ask('leave');
  }
}
