import { CHAT_HISTORY_ON_JOIN, MAX_CHAT_HISTORY } from '../../../src-shared/limits.ts';
import type { ChatMessage } from '../../../src-shared/protocol/index.ts';
import type { Seat } from './seats.ts';

interface Entry {
  readonly message: ChatMessage;
  /** Whose it is alone; null: everyone's. Seats, not userIds: those can be taken by the next who comes. */
  readonly between: readonly Seat[] | null;
}

/** What has been said in a room. */
export class Chat {
  #entries: Entry[] = [];

  /** @param options.to for this one alone; absent: for everyone */
  add(options: { from: Seat; text: string; timestamp: number; to?: Seat | undefined }): ChatMessage {
    const { from, to, text, timestamp } = options;
    const message: ChatMessage = {
      id: crypto.randomUUID(),
      userId: from.userId,
      userName: from.userName,
      message: text,
      timestamp,
      ...(to && { to: to.userId }),
    };
    this.#entries.push({ message, between: to ? [from, to] : null });
    if (this.#entries.length > MAX_CHAT_HISTORY) this.#entries.shift();
    return message;
  }

  /** The latest messages that `seat` may read, oldest first. */
  history(seat: Seat): ChatMessage[] {
    return this.#entries
      .filter(({ between }) => between === null || between.includes(seat))
      .slice(-CHAT_HISTORY_ON_JOIN)
      .map(({ message }) => message);
  }
}
