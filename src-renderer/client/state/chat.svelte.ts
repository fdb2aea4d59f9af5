import { MAX_CHAT_SHOWN } from '../../../src-shared/limits.ts';
import type { ChatMessage } from '../../../src-shared/protocol/index.ts';
import type { ChatMessageView, ChatView } from '../view.ts';

/** What the chat needs of the meeting around it. */
export interface ChatHost {
  selfId(): string | null;
  nameOf(userId: string): string | null;
  /** Rejects with a `Problem`. */
  deliver(text: string, to?: string): Promise<void>;
}

/** What was said in writing. Reconnecting brings what was missed, once. */
export class Chat implements ChatView {
  readonly #host: ChatHost;
  readonly #messages = $state<ChatMessageView[]>([]);
  readonly #known = new Set<string>();
  #unread = $state(0);
  #firstUnread = $state<string | null>(null);
  #open = $state(false);
  #recalled = false;

  constructor(host: ChatHost) {
    this.#host = host;
  }

  get messages(): readonly ChatMessageView[] {
    return this.#messages;
  }
  get unread(): number {
    return this.#unread;
  }
  get firstUnread(): string | null {
    return this.#firstUnread;
  }

  get open(): boolean {
    return this.#open;
  }
  set open(open: boolean) {
    this.#open = open;
    this.#unread = 0;
    // While it is open the line stays where reading began.
    if (!open) this.#firstUnread = null;
  }

  async send(text: string, to?: string): Promise<void> {
    await this.#host.deliver(text, to);
  }

  /** What was said so far: no news to whoever comes, but what was missed is to whoever comes back. */
  recall(messages: readonly ChatMessage[]): void {
    for (const message of messages) this.#add(message, this.#recalled);
    this.#recalled = true;
  }

  receive(message: ChatMessage): void {
    this.#add(message, true);
  }

  #add(message: ChatMessage, news: boolean): void {
    if (this.#known.has(message.id)) return;
    this.#known.add(message.id);
    const view = this.#view(message);
    // Nearly always the last: only what was missed is brought later.
    const before = this.#messages.findLastIndex(({ at }) => at <= view.at);
    this.#messages.splice(before + 1, 0, view);
    if (this.#messages.length > MAX_CHAT_SHOWN) this.#forgetOldest();
    if (!news || view.own || this.#open) return;
    this.#unread++;
    this.#firstUnread ??= view.id;
  }

  /** Several at once, so that it is not done for every message. */
  #forgetOldest(): void {
    for (const { id } of this.#messages.splice(0, Math.ceil(MAX_CHAT_SHOWN / 10))) this.#known.delete(id);
  }

  #view({ id, userId, userName, message, timestamp, to }: ChatMessage): ChatMessageView {
    const own = userId === this.#host.selfId();
    return {
      id,
      userId,
      name: userName,
      text: message,
      at: timestamp,
      own,
      private: to !== undefined,
      toName: own && to !== undefined ? this.#host.nameOf(to) : null,
    };
  }
}
