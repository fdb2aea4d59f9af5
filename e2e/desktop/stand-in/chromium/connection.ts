/** The DevTools protocol over a pipe: JSON messages, each ended by a NUL byte, one stream for all targets. */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from './protocol.ts';

export type Command = keyof Protocol.CommandParameters;
export type EventName = keyof Protocol.Events;

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

interface Waiting {
  method: string;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** One end of the protocol: the browser itself, or one of its targets (a page, a worker). */
export class Target {
  readonly #connection: Connection;
  readonly #sessionId: string | undefined;
  readonly #events = new EventEmitter();

  constructor(connection: Connection, sessionId?: string) {
    this.#connection = connection;
    this.#sessionId = sessionId;
    this.#events.setMaxListeners(0);
  }

  /** @throws {Error} what Chromium answered, or that it is gone */
  async send<Name extends Command>(
    method: Name,
    parameters?: Protocol.CommandParameters[Name],
  ): Promise<Protocol.CommandReturnValues[Name]> {
    // The answers of Chromium are not validated.
    return (await this.#connection.call(method, parameters, this.#sessionId)) as Protocol.CommandReturnValues[Name];
  }

  on<Name extends EventName>(event: Name, listener: (payload: Protocol.Events[Name]) => void): void {
    this.#events.on(event, listener);
  }

  once<Name extends EventName>(event: Name, listener: (payload: Protocol.Events[Name]) => void): void {
    this.#events.once(event, listener);
  }

  /** For the connection: an event arrived. */
  deliver(event: string, payload: unknown): void {
    this.#events.emit(event, payload);
  }
}

export class Connection {
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #targets = new Map<string, Target>();
  readonly browser = new Target(this);
  #lastId = 0;
  #tail = '';
  #open = true;

  constructor(out: Writable, incoming: Readable) {
    this.#out = out;
    incoming.setEncoding('utf8');
    incoming.on('data', (text: string) => this.#read(text));
    incoming.on('close', () => this.#closed());
    // A write to a closed pipe fails; open calls are rejected on `close`.
    out.on('error', () => undefined);
  }

  /** The target behind a session that was attached with `flatten`. */
  target(sessionId: string): Target {
    const target = new Target(this, sessionId);
    this.#targets.set(sessionId, target);
    return target;
  }

  call(method: string, params: object | undefined, sessionId: string | undefined): Promise<unknown> {
    if (!this.#open) return Promise.reject(new Error(`${method}: Chromium is gone`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #read(text: string): void {
    const messages = (this.#tail + text).split('\0');
    this.#tail = messages.pop() ?? '';
    for (const message of messages) this.#receive(JSON.parse(message) as Message);
  }

  #receive({ id, sessionId, method, params, result, error }: Message): void {
    if (id !== undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
      else waiting?.resolve(result);
    } else if (method !== undefined) {
      const target = sessionId === undefined ? this.browser : this.#targets.get(sessionId);
      target?.deliver(method, params);
    }
  }

  #closed(): void {
    this.#open = false;
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: Chromium is gone`));
    this.#waiting.clear();
  }
}
