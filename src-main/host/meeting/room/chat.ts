import { CHAT_HISTORY_ON_JOIN } from '../../../../src-shared/limits.ts';
import { type ChatMessage, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import type { Membership } from '../participants/memberships.ts';
import type { Clock, Store } from '../ports.ts';
import type { RateLimit } from '../../rates/rate-limit.ts';
import { chatByteLimit } from '../rates/session-rates.ts';

/** What has been said in a room. */
export class Chat {
  readonly #roomId: string;
  readonly #store: Store;
  readonly #clock: Clock;
  /** What is sent to the readers. */
  readonly #bytes: RateLimit;

  constructor({ roomId, store, clock }: { roomId: string; store: Store; clock: Clock }) {
    this.#roomId = roomId;
    this.#store = store;
    this.#clock = clock;
    this.#bytes = chatByteLimit(clock);
  }

  /**
   * @param options.to for this one alone; absent: for everyone
   * @param options.readers how many are told of it
   * @throws {ProtocolError} RATE_LIMITED; FULL: it is not kept, so nobody may be told
   */
  add(options: { from: Membership; text: string; to?: Membership | undefined; readers: number }): ChatMessage {
    const { from, to, text, readers } = options;
    if (!this.#bytes.take(new TextEncoder().encode(text).length * readers)) {
      throw new ProtocolError('RATE_LIMITED', 'Too much is being written in this meeting just now. Wait a moment.');
    }
    const message: ChatMessage = {
      id: crypto.randomUUID(),
      userId: from.userId,
      userName: from.userName,
      message: text,
      timestamp: this.#clock.now(),
      ...(to && { to: to.userId }),
    };
    // Between memberships, not userIds: a private message belongs to whoever holds the session token.
    this.#store.chat.add(this.#roomId, message, { from: from.id, to: to?.id ?? null });
    return message;
  }

  /** The latest messages that `membership` may read, oldest first. */
  history(membership: Membership): ChatMessage[] {
    return this.#store.chat.latest(this.#roomId, membership.id, CHAT_HISTORY_ON_JOIN);
  }
}
