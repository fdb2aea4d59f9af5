import { type RawData, WebSocket } from 'ws';
import { MAX_UNREAD_BYTES, PING_INTERVAL_MS, PING_TIMEOUT_MS } from '../../../src-shared/limits.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Clock } from '../meeting/index.ts';
import { parseJson } from './json.ts';

/** What becomes of a socket, as its gateway hears of it. */
export interface JsonSocketListener {
  heard(message: unknown): void;
  /** A frame came that is not JSON text: BAD_REQUEST. */
  misheard(error: ProtocolError): void;
  /** @param willed the other end said that it goes; else it was lost */
  ended(willed: boolean): void;
}

/** A browser that closes without a reason, one that leaves its page, and a close frame without a code (RFC 6455, 7.4.1). */
const WILLED = new Set([1000, 1001, 1005]);
const NORMAL_CLOSURE = 1000;
/** A control frame holds 125 bytes, two of them the code (RFC 6455, 5.5). */
const MAX_CLOSE_REASON_BYTES = 123;
/** The host closes. */
export const GOING_AWAY = 1001;

/** A WebSocket that carries one JSON message per text frame; one that is dead, or does not read, is ended. */
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
        listener.heard(messageIn(data, binary));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        listener.misheard(error);
      }
    });
    socket.on('pong', () => this.#watch());
    // Answered already: whoever only pings must read as well.
    socket.on('ping', () => this.#endIfUnread());
    // A frame that breaks the rules, or is too large: the end that follows says it all.
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.#stopWatching();
      listener.ended(WILLED.has(code));
    });
    this.#watch();
  }

  /** What is said to a socket that has ended is lost. */
  send(message: object): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify(message));
    this.#endIfUnread();
  }

  /**
   * Ends it once what was sent has been read.
   *
   * @param options.reason a sentence for the other end, cut where a close frame has no room for more
   */
  end({ code = NORMAL_CLOSURE, reason = '' }: { code?: number; reason?: string } = {}): void {
    const bytes = new Uint8Array(MAX_CLOSE_REASON_BYTES);
    const { read } = new TextEncoder().encodeInto(reason, bytes);
    this.#socket.close(code, reason.slice(0, read));
  }

  #endIfUnread(): void {
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.#socket.terminate();
  }

  /** It has given a sign of life; the next must come in time. */
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
