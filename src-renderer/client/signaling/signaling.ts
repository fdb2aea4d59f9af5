import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import * as v from 'valibot';
import { Failure, HttpFailure, ProtocolError } from '../../../src-shared/protocol/index.ts';
import { retryDelay } from './retry-policy.ts';
import { MeetingError, problemOf, protocolError } from '../problem.ts';
import { Liveness } from './liveness.ts';
import { watchNetwork } from './network.ts';
import type { Problem } from '../view.ts';

/** How long an answer may take, and how long one attempt to connect, ms. */
const ANSWER_MS = 10_000;
const CONNECT_MS = 6_000;

const AnyAnswer = v.variant('success', [
  v.looseObject({ success: v.literal(true) }),
  v.object({ success: v.literal(false), error: Failure }),
]);

/** Engine.IO's own request that was refused (an XMLHttpRequest). */
const RefusedOverHttp = v.object({ responseText: v.pipe(v.string(), v.parseJson(), HttpFailure) });

export interface SignalingListener {
  /** A fresh connection: the host knows nothing of this person (any more). */
  connected(): void;
  /**
   * The same connection again, nothing missed: the host never noticed, or waited.
   *
   * @param options.network whether the network may be another one
   */
  recovered(options: { network: boolean }): void;
  /** The connection is gone; it is being tried again. */
  lost(): void;
  /** The host takes no connection just now, for the reason in `problem`; it is tried again. */
  delayed(problem: Problem): void;
  /** There is no use in trying (again). */
  refused(problem: Problem): void;
}

interface Message {
  payload: v.GenericSchema;
  answer: v.GenericSchema;
}
type RequestTable = Readonly<Record<string, Message>> & { readonly ping: Message };
type EventTable = Readonly<Record<string, v.GenericSchema>>;
export type SignalingState = 'connecting' | 'connected' | 'lost' | 'closed';

/** What both ends of a namespace agree on. */
export interface Contract<Requests extends RequestTable, Events extends EventTable> {
  namespace: string;
  requests: Requests;
  events: Events;
  /** The event a host begins with, where it does; nothing is said before it. */
  greeting?: { event: string; refusal: (payload: unknown) => Problem | null };
}

/** What the host refuses a connection for that passes by itself. */
const PASSING: readonly string[] = ['RATE_LIMITED', 'LIMIT'];

/** A connection to one namespace of a host: requests with one answer each, checked events, reconnecting. */
export class Signaling<Requests extends RequestTable, Events extends EventTable> {
  readonly #contract: Contract<Requests, Events>;
  readonly #socket: Socket;
  readonly #listener: SignalingListener;
  #state: SignalingState = 'connecting';
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the network may have changed since the host was last heard. */
  #networkChanged = false;
  readonly #liveness = new Liveness({
    // Any answer is a sign of life, a refusal by an older host too.
    ask: () => this.#socket.emit('ping', {}, () => undefined),
    dead: () => this.#dead(),
  });
  readonly #unwatchNetwork = watchNetwork(() => this.#networkMayHaveChanged());

  /**
   * @param origin `https://address:port` of the host
   * @param auth what proves who one is
   */
  constructor(
    origin: string,
    contract: Contract<Requests, Events>,
    listener: SignalingListener,
    auth: { token?: string } = {},
  ) {
    const { namespace, greeting } = contract;
    this.#contract = contract;
    this.#listener = listener;
    this.#socket = io(`${origin}${namespace}`, {
      auth,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      timeout: CONNECT_MS,
    });
    this.#socket.on('connect', () => {
      const network = this.#networkChanged;
      if (this.#socket.recovered) this.#connected(() => this.#listener.recovered({ network }));
      else if (!greeting) this.#connected(() => this.#listener.connected());
    });
    this.#socket.on('connect_error', (error: Error) => this.#failed(error));
    this.#socket.on('disconnect', () => this.#lost());
    this.#socket.io.on('open', () => this.#socket.io.engine.on('packet', () => this.#liveness.stop()));
    if (greeting) {
      this.#socket.on<string>(greeting.event, (payload: unknown) => {
        const refusal = greeting.refusal(payload);
        if (refusal) this.#refuse(refusal);
        else this.#connected(() => this.#listener.connected());
      });
    }
    this.#socket.connect();
  }

  get state(): SignalingState {
    return this.#state;
  }

  /**
   * Sends a request; it is on its way when this returns.
   *
   * @throws {ProtocolError} with the host's code
   * @throws {MeetingError} UNREACHABLE: not connected, or no answer within 10 s
   */
  request<Name extends keyof Requests & string>(
    name: Name,
    payload: v.InferInput<Requests[Name]['payload']>,
  ): Promise<v.InferOutput<Requests[Name]['answer']>> {
    if (this.#state !== 'connected') return Promise.reject(new MeetingError('UNREACHABLE', 'The connection is lost.'));
    const { answer }: Requests[Name] = this.#contract.requests[name];
    this.#liveness.expect();
    return new Promise((resolve, reject) => {
      this.#socket.timeout(ANSWER_MS).emit(name, payload, (error: Error | null, envelope: unknown) => {
        try {
          if (error) throw new MeetingError('UNREACHABLE', 'The host does not answer.', { cause: error });
          resolve(answerOf(answer, envelope));
        } catch (failure) {
          reject(problemOrFailure(failure));
        }
      });
    });
  }

  /** Sends without asking for an answer. */
  tell(name: keyof Requests & string): void {
    if (this.#state === 'connected') this.#socket.emit(name);
  }

  /** Calls `listener` with every payload of this event that fits its schema; returns the undo. */
  on<Name extends keyof Events & string>(
    name: Name,
    listener: (payload: v.InferOutput<Events[Name]>) => void,
  ): () => void {
    const schema: Events[Name] = this.#contract.events[name];
    const receive = (payload: unknown): void => {
      const result = v.safeParse(schema, payload);
      // What does not fit its schema is none of the protocol's messages.
      if (result.success && this.#state !== 'closed') listener(result.output);
    };
    this.#socket.on<string>(name, receive);
    return () => this.#socket.off<string>(name, receive);
  }

  /** Tries at once instead of waiting for the next turn: the network is back. */
  hurry(): void {
    if (this.#state !== 'lost') return;
    this.#attempt = 0;
    this.#retry();
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    clearTimeout(this.#timer);
    this.#liveness.stop();
    this.#unwatchNetwork();
    this.#socket.disconnect();
  }

  #connected(tell: () => void): void {
    this.#state = 'connected';
    this.#attempt = 0;
    this.#networkChanged = false;
    clearTimeout(this.#timer);
    tell();
  }

  #lost(): void {
    if (this.#state === 'closed') return;
    const wasConnected = this.#state === 'connected';
    this.#state = 'lost';
    this.#liveness.stop();
    if (wasConnected) this.#listener.lost();
    this.#retry();
  }

  #failed(error: Error): void {
    if (this.#state === 'closed') return;
    const failure = failureIn(error);
    if (failure && PASSING.includes(failure.code)) {
      // It has been reached: from now on it is tried until it takes the connection.
      this.#state = 'lost';
      this.#listener.delayed(problemOf(protocolError(failure)));
      this.#retry();
    } else if (failure) {
      this.#refuse(problemOf(protocolError(failure)));
    } else if (this.#state === 'connecting') {
      // Never reached: the person is told at once. Reached before: it may well come back.
      this.#refuse(new MeetingError('UNREACHABLE', 'The host does not answer.', { cause: error }));
    } else this.#retry();
  }

  /** A lost connection is tried at once; one that may be dead is asked for a sign of life. */
  #networkMayHaveChanged(): void {
    this.#networkChanged = true;
    if (this.#state === 'connected') this.#liveness.check();
    else this.hurry();
  }

  #dead(): void {
    if (this.#state !== 'connected') return;
    this.#networkChanged = true;
    // `engine.close()` first waits until what was sent is delivered, which over HTTP a dead network never does.
    this.#socket.io.engine.transport.close();
  }

  #retry(): void {
    // Whoever heard of the loss may have had enough.
    if (this.#state === 'closed') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#socket.connect(), retryDelay(this.#attempt++, Math.random));
  }

  #refuse(problem: Problem): void {
    this.close();
    this.#listener.refused(problem);
  }
}

/** What the host says in refusing a connection: to Socket.IO, or by HTTP before; null: it has not said anything. */
function failureIn(error: Error & { data?: unknown; context?: unknown }): v.InferOutput<typeof Failure> | null {
  const said = v.safeParse(Failure, error.data);
  if (said.success) return said.output;
  const refused = v.safeParse(RefusedOverHttp, error.context);
  return refused.success ? refused.output.responseText.error : null;
}

function answerOf<const Schema extends v.GenericSchema>(schema: Schema, envelope: unknown): v.InferOutput<Schema> {
  const answer = v.parse(AnyAnswer, envelope);
  if (!answer.success) throw protocolError(answer.error);
  return v.parse(schema, envelope);
}

function problemOrFailure(error: unknown): Error {
  if (error instanceof ProtocolError || error instanceof MeetingError) return error;
  return new ProtocolError('INTERNAL', 'The host gave an answer that Parley does not understand.', { cause: error });
}
