import { type RawData, WebSocket } from 'ws';
import { MAX_UNREAD_BYTES, PING_INTERVAL_MS, PING_TIMEOUT_MS } from '../../../src-shared/limits.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Clock } from '../meeting/index.ts';
import { parseJson } from './json.ts';

/** The events of a socket for its gateway. */
export interface JsonSocketListener {
  received(message: unknown): void;
  /** A frame was not JSON text: BAD_REQUEST. */
  unreadable(error: ProtocolError): void;
  /** @param intentional the client closed the connection; else it was lost */
  ended(intentional: boolean): void;
}

/** Close codes of a client that ends the connection: normal closure, going away, no code (RFC 6455, section 7.4.1). */
const INTENTIONAL = new Set([1000, 1001, 1005]);
const NORMAL_CLOSURE = 1000;
/** A control frame holds 125 bytes, two of them the code (RFC 6455, 5.5). */
const MAX_CLOSE_REASON_BYTES = 123;
/** The close code when the host stops (RFC 6455, section 7.4.1). */
export const GOING_AWAY = 1001;

/** A WebSocket with one JSON message per text frame. It is terminated if the client does not answer pings or does not read. */
export class JsonSocket {
  readonly remoteAddress: string;
  readonly localAddress: string;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  #stopWatching: () => void = () => undefined;

  constructor(socket: WebSocket, endpoints: { remoteAddress: string; localAddress: string }, clock: Clock) {
    this.#socket = socket;
    this.remoteAddress = endpoints.remoteAddress;
    this.localAddress = endpoints.localAddress;
    this.#clock = clock;
  }

  /** To be called once, in the same tick the socket is opened in. */
  listen(listener: JsonSocketListener): void {
    const socket = this.#socket;
    socket.on('message', (data, binary) => {
      this.#watch();
      if (socket.readyState !== WebSocket.OPEN) return;
      try {
        listener.received(messageIn(data, binary));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        listener.unreadable(error);
      }
    });
    socket.on('pong', () => this.#watch());
    // ws has answered it: a client that sends only pings must read the answers too.
    socket.on('ping', () => this.#endIfUnread());
    // For an invalid or too large frame; `close` follows and is enough.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.#stopWatching();
      listener.ended(INTENTIONAL.has(code));
    });
    this.#watch();
  }

  /** Messages to a closed socket are dropped. */
  send(message: object): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify(message));
    this.#endIfUnread();
  }

  /**
   * Closes the connection after the messages sent so far.
   *
   * @param options.reason a sentence for the client, cut to the size of a close frame
   */
  end({ code = NORMAL_CLOSURE, reason = '' }: { code?: number; reason?: string } = {}): void {
    const bytes = new Uint8Array(MAX_CLOSE_REASON_BYTES);
    const { read } = new TextEncoder().encodeInto(reason, bytes);
    this.#socket.close(code, reason.slice(0, read));
  }

  #endIfUnread(): void {
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.#socket.terminate();
  }

  /** The client has sent something: starts the time until the next ping. */
  #watch(): void {
    this.#stopWatching();
    this.#stopWatching = this.#clock.after(PING_INTERVAL_MS, () => {
      this.#socket.ping();
      this.#stopWatching = this.#clock.after(PING_TIMEOUT_MS, () => this.#socket.terminate());
    });
  }
}

/** @throws {ProtocolError} BAD_REQUEST */
function messageIn(data: RawData, binary: boolean): unknown {
  if (binary || !Buffer.isBuffer(data)) throw new ProtocolError('BAD_REQUEST', 'Send messages as text, not as binary.');
  return parseJson(data.toString());
}
