import { expect, it, vi } from 'vitest';
import { ProtocolError, requests } from '../../../../src-shared/protocol/index.ts';
import { hostOneRoom } from '../../meeting/testing.ts';
import { requestListener } from './requests.ts';

async function setUp() {
  const { join } = await hostOneRoom();
  const { session } = await join('ada');
  const error = vi.fn<(message: string, fields?: object) => void>();
  const onUnheard = vi.fn<(event: string, failure: object) => void>();
  const failing = vi.fn<(name: string) => undefined | Promise<object>>();
  const listen = requestListener({
    requests,
    session: {
      countRequest: (name) => session.countRequest(name),
      perform: (name, payload) => failing(name) ?? session.perform(name, payload as never),
    },
    log: { info: () => undefined, warn: () => undefined, error },
    onUnheard,
  });
  const ask = (event: string, ...payload: unknown[]) =>
    new Promise<unknown>((resolve) => {
      listen(event, ...payload, resolve);
    });
  return { failing, listen, ask, error, onUnheard };
}

it('answers what went wrong as its code and sentence', async () => {
  const { failing, ask, error } = await setUp();
  failing.mockImplementation(() => {
    throw new ProtocolError('LOCKED', 'The meeting is locked.');
  });
  await expect(ask('react', { reaction: '👍' })).resolves.toEqual({
    success: false,
    error: { code: 'LOCKED', message: 'The meeting is locked.' },
  });
  expect(error).not.toHaveBeenCalled();
});

it.each([
  ['rejected', () => Promise.reject(new TypeError('x is undefined'))],
  [
    'thrown',
    () => {
      throw new TypeError('x is undefined');
    },
  ],
])('logs an unforeseen error that was %s, and answers the id it is noted under', async (_how, fail) => {
  const { failing, ask, error } = await setUp();
  failing.mockImplementation(fail);
  const answer = await ask('react', { reaction: '👍' });
  expect(answer).toMatchObject({ success: false, error: { code: 'INTERNAL' } });
  expect(error).toHaveBeenCalledOnce();
  const [message, fields] = error.mock.calls[0] ?? [];
  expect(message).toBe('request failed');
  expect(fields).toMatchObject({ request: 'react', error: new TypeError('x is undefined') });
  const { id } = fields as { id: string };
  expect(JSON.stringify(answer)).toContain(id);
  expect(JSON.stringify(answer)).not.toContain('undefined');
});

it('answers once, and finds the callback wherever it stands', async () => {
  const { listen, ask } = await setUp();
  const callback = vi.fn<(envelope: unknown) => void>();
  listen('getProducers', callback, { later: true });
  await expect(ask('getProducers', {}, 'more')).resolves.toEqual({ success: true, producers: [] });
  expect(callback.mock.calls).toEqual([[{ success: true, producers: [] }]]);
});

it('hands on a failure that no callback hears, and no other', async () => {
  const { listen, ask, onUnheard } = await setUp();
  listen('setName', { userName: 'Grace' });
  listen('react', { reaction: 'well done' });
  await expect(ask('react', { reaction: 'well done' })).resolves.toMatchObject({ success: false });
  expect(onUnheard.mock.calls).toEqual([
    ['react', { code: 'BAD_REQUEST', message: expect.stringContaining('reaction') as string }],
  ]);
});

it('takes an event named by a number for one it does not know', async () => {
  const { listen, onUnheard } = await setUp();
  const handedOn = new Promise((resolve) => onUnheard.mockImplementation((event) => resolve(event)));
  listen(7, {});
  await expect(handedOn).resolves.toBe('7');
});
