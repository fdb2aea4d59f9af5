/** Somebody who speaks the plain WebSocket dialect to a real host; what the host says is checked against the contract. */
import { once } from 'node:events';
import * as v from 'valibot';
import { type ClientOptions, WebSocket } from 'ws';
import {
  type PlainAnswer,
  PlainFailure,
  type PlainRequestName,
  type PlainRequests,
  ProtocolError,
  RequestId,
  WEBSOCKET_PATH,
  plainEvents,
  plainRequests,
} from '../../../../src-shared/protocol/index.ts';
import { Inbox } from '../testing.ts';

const Answer = v.looseObject({ type: v.string(), requestId: RequestId });

type EventName = keyof typeof plainEvents;
type Fields<Name extends PlainRequestName> = Omit<v.InferInput<PlainRequests[Name]['payload']>, 'action' | 'requestId'>;

export class PlainPerson {
  readonly socket: WebSocket;
  readonly #told = new Inbox<unknown>();
  #asked = 0;

  /** @param origin of the host: `https://address:port` */
  constructor(origin: string, options: ClientOptions = {}) {
    const address = `${origin.replace(/^http/, 'ws')}${WEBSOCKET_PATH}`;
    this.socket = new WebSocket(address, { rejectUnauthorized: false, ...options });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer) => this.#told.add(JSON.parse(data.toString())));
  }

  /** Rejects with what HTTP said instead. */
  async connected(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  /** The code with which the connection ends. */
  async disconnected(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }

  /** @throws {ProtocolError} what the host answered */
  async ask<Name extends PlainRequestName>(action: Name, fields: Fields<Name>): Promise<PlainAnswer<Name>> {
    return v.parse(plainRequests[action].answer, await this.askUnchecked({ action, ...fields }));
  }

  /** Asks for whatever. @throws {ProtocolError} what the host answered */
  async askUnchecked(message: object): Promise<unknown> {
    const requestId = ++this.#asked;
    this.socket.send(JSON.stringify({ ...message, requestId }));
    const answer = await this.next((told) => v.is(Answer, told) && told.requestId === requestId);
    if (v.is(PlainFailure, answer)) throw new ProtocolError(answer.code, answer.message, answer);
    return answer;
  }

  /** The first event of this name told, or still to be told; it is taken out. */
  async event<Name extends EventName>(name: Name): Promise<v.InferOutput<(typeof plainEvents)[Name]>> {
    const schema = plainEvents[name];
    return v.parse(schema, await this.next((message) => v.is(schema, message)));
  }

  /** The first message told, or still to be told, that fits; it is taken out. */
  async next(fits: (message: unknown) => boolean = () => true): Promise<unknown> {
    const { message } = await this.#told.next((told) => (fits(told) ? { message: told } : null));
    return message;
  }

  /** All told so far and not taken out. */
  get told(): readonly unknown[] {
    return this.#told.all;
  }
}
