/** A client of the plain WebSocket, written from docs/protocol.md alone. */
import { once } from 'node:events';
import * as v from 'valibot';
import type { WebSocket } from 'ws';
import { Inbox } from '../inbox.ts';
import { Failure, Fields, type Reply, done, failed } from '../reply.ts';
import { openWebSocket } from './open-websocket.ts';

const Message = v.looseObject({ type: v.string(), requestId: v.optional(v.union([v.string(), v.number()])) });
const Refusal = v.strictObject({ type: v.literal('error'), action: v.nullable(v.string()), ...Failure.entries });

export class PlainWebSocketClient {
  readonly inbox = new Inbox();
  readonly socket: WebSocket;
  readonly #waiting = new Map<string | number, (reply: Reply) => void>();
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
  }

  static async connect(host: string): Promise<PlainWebSocketClient> {
    const address = `${host.replace(/^http/, 'ws')}/ws`;
    // Nothing is told before something was asked.
    return new PlainWebSocketClient(await openWebSocket(address, (socket) => socket.on('error', () => undefined)));
  }

  /** @param message the fields beside `action` and `requestId`; no object: sent as it is, with the action lost */
  ask(action: string, message: unknown = {}): Promise<Reply> {
    const requestId = ++this.#asked;
    return new Promise((resolve) => {
      if (v.is(Fields, message) && !Array.isArray(message)) {
        this.#waiting.set(requestId, resolve);
        this.socket.send(JSON.stringify({ ...message, action, requestId }));
      } else {
        this.#waiting.set('', resolve);
        this.socket.send(JSON.stringify(message));
      }
    });
  }

  /** Resolves when all that the host has told so far is here. */
  async settled(): Promise<void> {
    this.socket.ping();
    await once(this.socket, 'pong');
  }

  /** Leaves. */
  close(): void {
    this.socket.close(1000);
  }

  #hear(data: string): void {
    const { requestId, ...message } = v.parse(Message, JSON.parse(data));
    const answer = this.#waiting.get(requestId ?? '');
    this.#waiting.delete(requestId ?? '');
    if (!answer) {
      this.inbox.add(message.type, { ...message, ...(requestId !== undefined && { requestId }) });
    } else if (message.type === 'error') {
      const { code, message: sentence, need } = v.parse(Refusal, message);
      answer(failed({ code, message: sentence, ...(need && { need }) }));
    } else {
      answer(done(message));
    }
  }
}
