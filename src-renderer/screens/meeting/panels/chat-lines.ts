/** How a list of messages is read: which belong together, and where the unread ones begin. */
import type { ChatMessageView } from '../../../client/view.ts';

/** Messages of one person so close together read as one. */
export const TOGETHER_MS = 120_000;

export interface ChatLine {
  message: ChatMessageView;
  /** Said right after the one before by the same person to the same reader: needs no name. */
  follows: boolean;
  /** How many are new from here on; 0: none begin here. */
  newFrom: number;
}

/** @param firstUnread id of the first unread message; null: all were read */
export function chatLines(messages: readonly ChatMessageView[], firstUnread: string | null): ChatLine[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const newFrom = message.id === firstUnread ? messages.length - index : 0;
    const follows =
      newFrom === 0 &&
      before !== undefined &&
      before.userId === message.userId &&
      before.private === message.private &&
      before.toName === message.toName &&
      message.at - before.at < TOGETHER_MS;
    return { message, follows, newFrom };
  });
}
