import type { Answer, RoomInfo } from '../../../src-shared/protocol/index.ts';
import type { ReceivedListener } from '../media/subscriptions.ts';
import type { Problem } from '../view.ts';

/** What a `RoomSession` tells, beside its state. */
export interface RoomSessionListener {
  found(room: RoomInfo): void;
  /** As ready to join as the room allows; `problem`: why it would refuse just now. */
  ready(problem: Problem | null): void;
  /** They wait in the lobby, for the first time or again. */
  waiting(): void;
  /**
   * The host has answered, they are in. What is told of it, and their own sending, waits a moment for the
   * promise; null: it need not.
   */
  admitted(): Promise<unknown> | null;
  /** In, for the first time or again: this is how things are. */
  joined(answer: Answer<'joinRoom'>): void;
  received: ReceivedListener;
  /** The media process was replaced: what was received is over, more comes. */
  restarted(): void;
  lost(): void;
  /** The host takes no connection just now; it is tried again. */
  delayed(problem: Problem): void;
  recovered(): void;
  ended(problem: Problem): void;
}
