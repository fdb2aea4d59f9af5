/** A client of the Socket.IO namespaces, written from docs/protocol.md alone. */
import { type Socket, io } from 'socket.io-client';
import * as v from 'valibot';
import { Inbox } from '../inbox.ts';
import { retryWhenLimited } from '../retry-when-limited.ts';
import { Failure, Fields, type Reply, done, failed } from '../reply.ts';
import { TOO_OFTEN } from './open-websocket.ts';

/** How long an answer may take on a busy machine, ms. */
const PATIENCE_MS = 15_000;

const Success = v.looseObject({ success: v.literal(true) });
const Failed = v.strictObject({ success: v.literal(false), error: Failure });
const Refusal = v.looseObject({ data: Failure });
/** Refused before it was a connection at all. */
const Throttled = v.looseObject({ description: v.looseObject({ message: v.literal(TOO_OFTEN) }) });

export class SocketIoClient {
  readonly inbox = new Inbox();
  readonly socket: Socket;
  /** Rejects then. */
  readonly #end = Promise.withResolvers<never>();

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#end.promise.catch(() => undefined);
    socket.once('disconnect', () => this.#end.reject(new Error('The connection has ended.')));
    socket.onAny((name: string, payload: unknown) => this.inbox.add(name, v.parse(Fields, payload)));
  }

  /** A client that is connected, or why it may not be. */
  static connect(host: string, namespace: '/mediasoup' | '/', auth: Fields = {}): Promise<SocketIoClient | Failure> {
    return retryWhenLimited(
      () => SocketIoClient.#connect(host, namespace, auth),
      (client) => 'code' in client && client.code === 'RATE_LIMITED',
    );
  }

  static async #connect(host: string, namespace: '/mediasoup' | '/', auth: Fields): Promise<SocketIoClient | Failure> {
    const client = new SocketIoClient(
      io(`${host}${namespace}`, {
        auth,
        transports: ['websocket'],
        rejectUnauthorized: false,
        forceNew: true,
        reconnection: false,
      }),
    );
    const refused = await new Promise<unknown>((resolve) => {
      client.socket.once('connect', () => resolve(null));
      client.socket.once('connect_error', resolve);
    });
    if (refused === null) return client;
    client.socket.disconnect();
    if (v.is(Throttled, refused)) return { code: 'RATE_LIMITED', message: refused.description.message };
    return v.parse(Refusal, refused).data;
  }

  get id(): string {
    return this.socket.id ?? '';
  }

  /**
   * Rejects when the connection ends before the answer.
   *
   * @param payload absent: the request is sent with its callback only
   */
  async ask(event: string, payload?: unknown): Promise<Reply> {
    if (this.socket.disconnected) throw new Error('The connection has ended.');
    const answer = await Promise.race<unknown>([
      this.socket.timeout(PATIENCE_MS).emitWithAck(event, ...(payload === undefined ? [] : [payload])),
      this.#end.promise,
    ]);
    if (!v.is(Success, answer)) return failed(v.parse(Failed, answer).error);
    return done(Object.fromEntries(Object.entries(answer).filter(([name]) => name !== 'success')));
  }

  /** Resolves when the host has ended the connection, or this end has. */
  async ended(): Promise<void> {
    if (this.socket.disconnected) return;
    await new Promise((resolve) => this.socket.once('disconnect', resolve));
  }
}
