/** Somebody who speaks the HTTP media API to a real host; what the host says is checked against the contract. */
import { once } from 'node:events';
import * as v from 'valibot';
import { type ClientOptions, WebSocket } from 'ws';
import { ProtocolError, parse } from '../../../../../src-shared/protocol/index.ts';
import {
  MEDIA_API,
  MediaFailure,
  type MediaApi,
  type MediaCallName,
  type MediaResult,
  MediaSuccess,
  mediaApi,
} from '../../../../../src-shared/protocol/http/media-api.ts';
import { EXAMPLE_OPUS } from '../../../../../src-shared/protocol/http/media-examples.ts';
import { MEDIA_EVENTS, MediaEvent, type MediaMessage } from '../../../../../src-shared/protocol/http/media-events.ts';
import { Inbox } from '../../testing.ts';

/** A real host, as far as it matters here. */
export interface Reachable {
  /** `https://address:port` */
  readonly origin: string;
  ask(
    path: string,
    options: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<{ status: number; text: string }>;
}

/** Those who come to one host over this API. */
export class MediaGuests {
  readonly #host: Reachable;
  readonly #opened: Events[] = [];

  constructor(host: Reachable) {
    this.#host = host;
  }

  /** @throws {ProtocolError} what the host answered */
  async call<Name extends MediaCallName>(
    name: Name,
    input: v.InferInput<MediaApi[Name]['input']>,
    token?: string,
  ): Promise<MediaResult<Name>> {
    const { method, result } = mediaApi[name];
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const query = new URLSearchParams(
      Object.entries(input).map(([key, value]): [string, string] => [key, String(value)]),
    );
    const { text } =
      method === 'GET'
        ? await this.#host.ask(`${MEDIA_API}/${name}?${query.toString()}`, { method, headers })
        : await this.#host.ask(`${MEDIA_API}/${name}`, {
            method,
            headers: { ...headers, 'Content-Type': 'application/json' },
            body: JSON.stringify(input),
          });
    const answer: unknown = JSON.parse(text);
    if (v.is(MediaFailure, answer)) throw new ProtocolError(answer.error.code, answer.error.message);
    return parse(MediaSuccess(result), answer).result;
  }

  /** Opens an attendee's events. Rejects with what HTTP said instead. */
  async open(token: string, options?: ClientOptions): Promise<Events> {
    const events = new Events(this.#host.origin, token, options);
    this.#opened.push(events);
    return events.opened();
  }

  /** Somebody who is there. */
  async enter(room: string, user: string) {
    const created = await this.call('createAttendee', { room, user });
    return { ...created, events: await this.open(created.token) };
  }

  /** Everyone whose events are open goes. */
  disconnectAll(): void {
    for (const { socket } of this.#opened.splice(0)) socket.close();
  }
}

let ssrc = 1000;

/** What can be sent, and is sent by nobody else. */
export const microphone = (): v.InferInput<MediaApi['createProducer']['input']> => ({
  kind: 'audio',
  type: 'microphone',
  rtpParameters: { ...EXAMPLE_OPUS, encodings: [{ ssrc: ++ssrc }] },
});

/** An attendee's events socket. */
export class Events {
  readonly socket: WebSocket;
  readonly #told = new Inbox<MediaEvent>();

  /** @param origin of the host: `https://address:port` */
  constructor(origin: string, token: string, options: ClientOptions = {}) {
    const address = `${origin.replace(/^http/, 'ws')}${MEDIA_EVENTS}?token=${token}`;
    this.socket = new WebSocket(address, { rejectUnauthorized: false, ...options });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => this.#told.add(parse(MediaEvent, JSON.parse(data.toString()))));
  }

  /** Rejects with what HTTP said instead. */
  async opened(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  /** Code and reason with which the connection ends. */
  async closed(): Promise<[code: number, reason: string]> {
    const [code, reason] = (await once(this.socket, 'close')) as [number, Buffer];
    return [code, reason.toString()];
  }

  sendMessage(message: MediaMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first `event` told, or still to be told; it is taken out. */
  next<Name extends MediaEvent['event']>(event: Name): Promise<Extract<MediaEvent, { event: Name }>> {
    const isIt = (told: MediaEvent): told is Extract<MediaEvent, { event: Name }> => told.event === event;
    return this.#told.next((told) => (isIt(told) ? told : null));
  }

  /** The names of all told so far and not taken out, in order. */
  get names(): string[] {
    return this.#told.all.map(({ event }) => event);
  }
}
