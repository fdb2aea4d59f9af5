import {
  MAX_CHAT_BYTE_BURST_PER_ROOM,
  MAX_CHAT_BYTES_PER_SECOND_PER_ROOM,
  MAX_CHANGE_BURST_PER_SOCKET,
  MAX_CHANGES_PER_SECOND_PER_SOCKET,
  MAX_EVENT_BURST_PER_ROOM,
  MAX_EVENTS_PER_SECOND_PER_ROOM,
  MAX_JOIN_BURST_PER_ADDRESS,
  MAX_JOIN_BURST_PER_SOCKET,
  MAX_JOINS_PER_MINUTE_PER_SOCKET,
  MAX_JOINS_PER_SECOND_PER_ADDRESS,
  MAX_MESSAGE_BURST_PER_SOCKET,
  MAX_MESSAGES_PER_SECOND_PER_SOCKET,
  MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS,
  MAX_PING_BURST_PER_SOCKET,
  MAX_PINGS_PER_SECOND_PER_SOCKET,
  MAX_RELAYED_KIB_BURST,
  MAX_RELAYED_KIB_PER_SECOND,
  MAX_REQUEST_BURST_PER_SOCKET,
  MAX_REQUESTS_PER_SECOND_PER_SOCKET,
  MAX_TRACKED_ADDRESSES,
  MAX_TRANSPORTS_PER_MINUTE,
} from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { AddressKey, Clock } from '../ports.ts';
import { type Allowance, RateLimit, RateLimits } from '../../rates/rate-limit.ts';

/**
 * What operations draw on. Of one connection: `requests`, `pings`, `transports`; by what others are told of it:
 * `messages`, `changes` of what one sends, `joins`, which count by address too. Of one room: `events`, whatever
 * is told to everybody in it. `relayed`, of one connection or, at a desk, of one person's place, is what is sent on
 * to a single other client, in started KiB.
 */
export const RATE_NAMES = [
  'requests',
  'pings',
  'transports',
  'messages',
  'changes',
  'joins',
  'relayed',
  'events',
] as const;
export type RateName = (typeof RATE_NAMES)[number];

type ConnectionRateName = Exclude<RateName, 'relayed' | 'events'>;

const PER_CONNECTION: Record<ConnectionRateName, Allowance & { readonly refusal: string }> = {
  requests: {
    burst: MAX_REQUEST_BURST_PER_SOCKET,
    perSecond: MAX_REQUESTS_PER_SECOND_PER_SOCKET,
    refusal: 'Too many requests. Wait a moment.',
  },
  pings: {
    burst: MAX_PING_BURST_PER_SOCKET,
    perSecond: MAX_PINGS_PER_SECOND_PER_SOCKET,
    refusal: 'Too many pings. Wait a moment.',
  },
  transports: {
    burst: MAX_TRANSPORTS_PER_MINUTE,
    perSecond: MAX_TRANSPORTS_PER_MINUTE / 60,
    refusal: 'Too many media connections in a short time. Wait a minute.',
  },
  messages: {
    burst: MAX_MESSAGE_BURST_PER_SOCKET,
    perSecond: MAX_MESSAGES_PER_SECOND_PER_SOCKET,
    refusal: 'You are telling everyone too much at once. Wait a moment.',
  },
  changes: {
    burst: MAX_CHANGE_BURST_PER_SOCKET,
    perSecond: MAX_CHANGES_PER_SECOND_PER_SOCKET,
    refusal: 'You are starting and stopping too often. Wait a moment.',
  },
  joins: {
    burst: MAX_JOIN_BURST_PER_SOCKET,
    perSecond: MAX_JOINS_PER_MINUTE_PER_SOCKET / 60,
    refusal: 'You are joining and leaving too often. Wait a minute.',
  },
};

type Limit = Pick<RateLimit, 'has' | 'take'>;

const REFUSALS = {
  joinsFromAddress: 'Too many people join from your address just now. Wait a moment.',
  relayed: 'You are sending too much at once. Wait a moment.',
  events: 'Too much is happening in this meeting just now. Wait a moment.',
};

/** What all sessions of a host have in common: the rates that count by address. */
export class HostRates {
  readonly now: () => number;
  readonly #joins: RateLimits;
  readonly #missedRooms: RateLimits;
  readonly #addressKey: AddressKey;

  constructor(clock: Clock, addressKey: AddressKey) {
    this.now = () => clock.now();
    this.#addressKey = addressKey;
    const joins = { burst: MAX_JOIN_BURST_PER_ADDRESS, perSecond: MAX_JOINS_PER_SECOND_PER_ADDRESS };
    this.#joins = new RateLimits(this.now, joins, MAX_TRACKED_ADDRESSES);
    const misses = MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS;
    this.#missedRooms = new RateLimits(this.now, { burst: misses, perSecond: misses / 60 }, MAX_TRACKED_ADDRESSES);
  }

  /** Whether an address may ask for one more room that is not there. */
  mayMissRoom(remoteAddress: string): boolean {
    return this.#missedRooms.has(this.#addressKey(remoteAddress));
  }

  /** An address has asked for a room that is not there. */
  missRoom(remoteAddress: string): void {
    this.#missedRooms.take(this.#addressKey(remoteAddress));
  }

  /** How often somebody may join from an address. */
  joinsOf(remoteAddress: string): Limit {
    const key = this.#addressKey(remoteAddress);
    return { has: (amount) => this.#joins.has(key, amount), take: (amount) => this.#joins.take(key, amount) };
  }
}

/** What is told to everybody in one room. */
export function roomEventLimit(clock: Clock): RateLimit {
  return new RateLimit(() => clock.now(), {
    burst: MAX_EVENT_BURST_PER_ROOM,
    perSecond: MAX_EVENTS_PER_SECOND_PER_ROOM,
  });
}

/** Bytes of text that are sent to the readers of one room's chat. */
export function chatByteLimit(clock: Clock): RateLimit {
  return new RateLimit(() => clock.now(), {
    burst: MAX_CHAT_BYTE_BURST_PER_ROOM,
    perSecond: MAX_CHAT_BYTES_PER_SECOND_PER_ROOM,
  });
}

/** What one client sends on to others in calls from browser to browser, in started KiB. */
export function relayLimit(clock: Clock): RateLimit {
  return new RateLimit(() => clock.now(), { burst: MAX_RELAYED_KIB_BURST, perSecond: MAX_RELAYED_KIB_PER_SECOND });
}

/** What coming into a room draws of its `events`: the others are told of the person and of what they send. */
export const EVENTS_OF_JOINING = 2;

/** @throws {ProtocolError} RATE_LIMITED; nothing is taken then */
export function drawEvents(limit: RateLimit, amount: number): void {
  if (!limit.take(amount)) throw new ProtocolError('RATE_LIMITED', REFUSALS.events);
}

/** The rates of one connection. */
export class SessionRates {
  readonly #host: HostRates;
  readonly #limits: Record<ConnectionRateName, RateLimit>;

  constructor(host: HostRates) {
    this.#host = host;
    const limit = (name: ConnectionRateName) => new RateLimit(host.now, PER_CONNECTION[name]);
    this.#limits = {
      requests: limit('requests'),
      pings: limit('pings'),
      transports: limit('transports'),
      messages: limit('messages'),
      changes: limit('changes'),
      joins: limit('joins'),
    };
  }

  /**
   * Takes all of it. What one limit refuses takes nothing from the others.
   *
   * @param options.events the limit of the room that is told of it; null: there is none
   * @param options.relayed the limit of the client who sends something on; null: there is none
   * @throws {ProtocolError} RATE_LIMITED
   */
  draw(
    amounts: Partial<Record<RateName, number>>,
    {
      remoteAddress,
      events = null,
      relayed = null,
    }: { remoteAddress: string; events?: RateLimit | null; relayed?: RateLimit | null },
  ): void {
    const drawn: { limit: Limit; amount: number; refusal: string }[] = [];
    for (const name of RATE_NAMES) {
      const amount = amounts[name];
      if (amount === undefined) continue;
      if (name === 'events' || name === 'relayed') {
        const limit = name === 'events' ? events : relayed;
        if (limit) drawn.push({ limit, amount, refusal: REFUSALS[name] });
        continue;
      }
      drawn.push({ limit: this.#limits[name], amount, refusal: PER_CONNECTION[name].refusal });
      if (name === 'joins') {
        drawn.push({ limit: this.#host.joinsOf(remoteAddress), amount, refusal: REFUSALS.joinsFromAddress });
      }
    }
    const refused = drawn.find(({ limit, amount }) => !limit.has(amount));
    if (refused) throw new ProtocolError('RATE_LIMITED', refused.refusal);
    for (const { limit, amount } of drawn) limit.take(amount);
  }
}
