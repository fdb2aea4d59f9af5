import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_CHAT_SHOWN } from '../../../src-shared/limits.ts';
import { Chat } from './chat.svelte.ts';

const message = (id: string, more = {}) => ({
  id,
  userId: 'ana',
  userName: 'Ana',
  message: `text of ${id}`,
  timestamp: Number(id),
  ...more,
});

const deliver = vi.fn(() => Promise.resolve());
let chat: Chat;

beforeEach(() => {
  deliver.mockClear();
  chat = new Chat({ selfId: () => 'me', nameOf: (userId) => (userId === 'bo' ? 'Bo' : null), deliver });
});

describe('unread messages', () => {
  it('are counted from the first', () => {
    chat.receive(message('1'));
    chat.receive(message('2'));
    expect([chat.unread, chat.firstUnread]).toEqual([2, '1']);
  });

  it('are none of one’s own, and none from before one came', () => {
    chat.recall([message('1')]);
    chat.receive(message('2', { userId: 'me' }));
    expect([chat.unread, chat.firstUnread]).toEqual([0, null]);
  });

  it('are read when the chat is opened; the line stays until it is closed', () => {
    chat.receive(message('1'));
    chat.open = true;
    expect([chat.unread, chat.firstUnread]).toEqual([0, '1']);
    chat.receive(message('2'));
    chat.open = false;
    expect([chat.unread, chat.firstUnread]).toEqual([0, null]);
  });

  it('are also those missed while the connection was lost, each once and in order', () => {
    chat.recall([message('1')]);
    chat.receive(message('3'));
    chat.recall([message('1'), message('2'), message('3')]);
    expect(chat.messages.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(chat.unread).toBe(2);
  });

  it('are the first ever said, too, where they were missed', () => {
    chat.recall([]);
    chat.recall([message('1')]);
    expect([chat.unread, chat.firstUnread]).toEqual([1, '1']);
  });
});

describe('a private message', () => {
  it('names its reader to its writer', () => {
    chat.receive(message('1', { userId: 'me', to: 'bo' }));
    expect(chat.messages[0]).toMatchObject({ own: true, private: true, toName: 'Bo' });
  });

  it('needs no name for its reader', () => {
    chat.receive(message('1', { to: 'me' }));
    expect(chat.messages[0]).toMatchObject({ own: false, private: true, toName: null });
  });
});

it('what was not delivered stays the writer’s', async () => {
  deliver.mockRejectedValueOnce(new Error('lost'));
  await expect(chat.send('hello', 'bo')).rejects.toThrow('lost');
  expect(deliver).toHaveBeenCalledWith('hello', 'bo');
  expect(chat.messages).toEqual([]);
});

it('keeps the latest messages of a long meeting, in order', () => {
  for (let index = 0; index < MAX_CHAT_SHOWN; index++) chat.receive(message(String(index), { timestamp: index }));
  expect(chat.messages).toHaveLength(MAX_CHAT_SHOWN);
  chat.receive(message(String(MAX_CHAT_SHOWN), { timestamp: MAX_CHAT_SHOWN }));
  expect(chat.messages.length).toBeLessThanOrEqual(MAX_CHAT_SHOWN);
  expect(chat.messages.length).toBeGreaterThan(MAX_CHAT_SHOWN / 2);
  expect(chat.messages.at(-1)?.id).toBe(String(MAX_CHAT_SHOWN));
  // What comes late has its place, what comes twice has one.
  chat.recall([message('late', { timestamp: MAX_CHAT_SHOWN - 0.5 }), message(String(MAX_CHAT_SHOWN))]);
  expect(chat.messages.slice(-3).map(({ id }) => id)).toEqual([
    String(MAX_CHAT_SHOWN - 1),
    'late',
    String(MAX_CHAT_SHOWN),
  ]);
});
