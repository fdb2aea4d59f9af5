import { CHAT_HISTORY_ON_JOIN } from '../../../../src-shared/limits.ts';
import type { ChatMessage } from '../../../../src-shared/protocol/index.ts';
import type { Store } from '../ports.ts';
import type { Membership } from '../admission/memberships.ts';

/** What has been said in a room. */
export class Chat {
  readonly #roomId: string;
  readonly #store: Store;

  constructor({ roomId, store }: { roomId: string; store: Store }) {
    this.#roomId = roomId;
    this.#store = store;
  }

  /**
   * @param options.to for this one alone; absent: for everyone
   * @throws {ProtocolError} FULL: it is not kept, so nobody may be told
   */
  add(options: { from: Membership; text: string; timestamp: number; to?: Membership | undefined }): ChatMessage {
    const { from, to, text, timestamp } = options;
    const message: ChatMessage = {
      id: crypto.randomUUID(),
      userId: from.userId,
      userName: from.userName,
      message: text,
      timestamp,
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
