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
} from '../../../../../src-shared/protocol/media-api.ts';
import { MEDIA_EVENTS, MediaEvent, type MediaMessage } from '../../../../../src-shared/protocol/media-events.ts';

/** Asks a host for something; `LiveHost.ask` is one. */
type Ask = (
  path: string,
  options: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{ status: number; text: string }>;

/** @throws {ProtocolError} what the host answered */
export async function callMedia<Name extends MediaCallName>(
  ask: Ask,
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
      ? await ask(`${MEDIA_API}/${name}?${query.toString()}`, { method, headers })
      : await ask(`${MEDIA_API}/${name}`, {
          method,
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: JSON.stringify(input),
        });
  const answer: unknown = JSON.parse(text);
  if (v.is(MediaFailure, answer)) throw new ProtocolError(answer.error.code, answer.error.message);
  return parse(MediaSuccess(result), answer).result;
}

/** An attendee's events socket. */
export class Events {
  readonly socket: WebSocket;
  readonly #told: MediaEvent[] = [];
  #waiting: (() => void)[] = [];

  /** @param origin of the host: `https://address:port` */
  constructor(origin: string, token: string, options: ClientOptions = {}) {
    const address = `${origin.replace(/^http/, 'ws')}${MEDIA_EVENTS}?token=${token}`;
    this.socket = new WebSocket(address, { rejectUnauthorized: false, ...options });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => {
      this.#told.push(parse(MediaEvent, JSON.parse(data.toString())));
      for (const look of this.#waiting.splice(0)) look();
    });
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

  say(message: MediaMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first `event` told, or still to be told; it is taken out. */
  async next<Name extends MediaEvent['event']>(event: Name): Promise<Extract<MediaEvent, { event: Name }>> {
    const isIt = (told: MediaEvent): told is Extract<MediaEvent, { event: Name }> => told.event === event;
    for (;;) {
      const found = this.#told.find(isIt);
      if (found) {
        this.#told.splice(this.#told.indexOf(found), 1);
        return found;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The names of all told so far and not taken out, in order. */
  get names(): string[] {
    return this.#told.map(({ event }) => event);
  }
}
