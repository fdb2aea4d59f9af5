import { describe, expect, it } from 'vitest';
import type { ChatMessageView } from '../../../client/view.ts';
import { chatLines, TOGETHER_MS } from './chat-lines.ts';

const message = (id: string, userId: string, at: number, rest: Partial<ChatMessageView> = {}): ChatMessageView => ({
  id,
  userId,
  name: userId,
  text: id,
  at,
  own: false,
  private: false,
  toName: null,
  ...rest,
});

describe('chatLines', () => {
  it('lets messages of one person follow each other while they are close', () => {
    const lines = chatLines(
      [message('1', 'ana', 0), message('2', 'ana', TOGETHER_MS - 1), message('3', 'ana', 3 * TOGETHER_MS)],
      null,
    );
    expect(lines.map((line) => line.follows)).toEqual([false, true, false]);
  });

  it('keeps apart what another person says, and what is private', () => {
    const lines = chatLines(
      [message('1', 'ana', 0), message('2', 'ben', 1), message('3', 'ben', 2, { private: true })],
      null,
    );
    expect(lines.map((line) => line.follows)).toEqual([false, false, false]);
  });

  it('begins the new ones with their count, and with a name', () => {
    const lines = chatLines([message('1', 'ana', 0), message('2', 'ana', 1), message('3', 'ana', 2)], '2');
    expect(lines.map((line) => line.newFrom)).toEqual([0, 2, 0]);
    expect(lines.map((line) => line.follows)).toEqual([false, false, true]);
  });
});
