import type { Permission } from '../../../../src-shared/permissions.ts';
import type { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';
import { type HostRates, SessionRates } from '../rates/session-rates.ts';
import { type AnyOperationName, type OperationRule, type SessionState, operationTable } from './operation-table.ts';
import type { Handlers } from './operations.ts';
import { Serial } from './serial.ts';

/** What a session is used for: meetings, or calls from browser to browser. */
export interface SessionActivity<Payloads, Answers extends { [Name in keyof Payloads]: object }> {
  readonly handlers: Handlers<Payloads, Answers>;
  /** The state while the connection is open. */
  readonly state: Exclude<SessionState, 'disconnected'>;
  /** The event rate of the room that the client is in; null: it is in none. */
  readonly eventLimit: RateLimit | null;
  /** What the client may send on to single others; null: this activity sends nothing on. */
  readonly relayLimit: RateLimit | null;
  /** @throws {ProtocolError} the client may use no operation of this kind */
  requirePermission(permission: Permission | null): void;
  /** Why an operation does not exist in this state. */
  refusal(state: SessionState): ProtocolError;
  /** The client has closed the connection. */
  ended(): void;
  /** The connection was lost. False: it cannot be recovered. */
  lost(): boolean;
  /** The connection has recovered. False: the session has ended meanwhile. */
  recovered(): boolean;
}

/** The operations that one connection may use, by the operation table. */
export class ClientSession<Payloads, Answers extends { [Name in keyof Payloads]: object }> {
  readonly #activity: SessionActivity<Payloads, Answers>;
  readonly #remoteAddress: () => string;
  readonly #rates: SessionRates;
  readonly #queue = new Serial();
  #connected = true;

  constructor(options: {
    activity: SessionActivity<Payloads, Answers>;
    /** The client's address; a recovered connection may have another one. */
    remoteAddress: () => string;
    rates: HostRates;
  }) {
    this.#activity = options.activity;
    this.#remoteAddress = options.remoteAddress;
    this.#rates = new SessionRates(options.rates);
  }

  get state(): SessionState {
    return this.#connected ? this.#activity.state : 'disconnected';
  }

  /**
   * Counts one request. Gateways call it before they read what is asked, so that unreadable requests count too.
   * A ping is sent by the client itself, so it must not use up what the person may do: it draws on `pings` instead.
   *
   * @param name of the operation, where the gateway can be asked for a ping
   * @throws {ProtocolError} RATE_LIMITED
   */
  countRequest(name?: string): void {
    const remoteAddress = this.#remoteAddress();
    this.#rates.draw(name === 'ping' ? { pings: 1 } : { requests: 1 }, { remoteAddress });
  }

  /**
   * Carries out an operation, if its row allows it now.
   *
   * @throws {ProtocolError} (or rejects with it) FORBIDDEN, UNAUTHORIZED; NOT_JOINED, WAITING, CONFLICT by state;
   * RATE_LIMITED; and as the operation
   */
  perform<Name extends keyof Payloads & AnyOperationName>(
    name: Name,
    payload: Payloads[Name] & object,
  ): Answers[Name] | Promise<Answers[Name]> {
    const rule = operationTable[name];
    if (rule.repetition === 'queued') return this.#queue.run(() => this.#carryOut(name, rule, payload));
    return this.#carryOut(name, rule, payload);
  }

  /** The client ended the connection: its participant leaves at once. */
  ended(): void {
    this.#connected = false;
    this.#activity.ended();
  }

  /** The connection was lost. Its membership is kept for `RECOVERY_MS` if it can be recovered. */
  lost(): void {
    this.#connected = false;
    if (!this.#activity.lost()) this.#activity.ended();
  }

  /** The connection has recovered. False: this session has ended. */
  recovered(): boolean {
    if (!this.#activity.recovered()) return false;
    this.#connected = true;
    return true;
  }

  #carryOut<Name extends keyof Payloads & AnyOperationName>(
    name: Name,
    rule: OperationRule,
    payload: Payloads[Name] & object,
  ): Answers[Name] | Promise<Answers[Name]> {
    this.#activity.requirePermission(rule.permission);
    const { state } = this;
    if (!rule.states.includes(state)) throw this.#activity.refusal(state);
    this.#draw(rule, payload);
    return this.#activity.handlers[name](payload);
  }

  #draw({ rates }: OperationRule, payload: object): void {
    // Pings were drawn on when the request was counted.
    const { pings: _counted, ...amounts } = rates;
    const events = amounts.events === undefined ? null : this.#activity.eventLimit;
    const { relayLimit: relayed } = this.#activity;
    if (amounts.relayed !== undefined) amounts.relayed *= startedKiB(payload);
    this.#rates.draw(amounts, { remoteAddress: this.#remoteAddress(), events, relayed });
  }
}

/** The size of a message as JSON text. */
function startedKiB(payload: object): number {
  return Math.ceil(Buffer.byteLength(JSON.stringify(payload)) / 1024);
}
