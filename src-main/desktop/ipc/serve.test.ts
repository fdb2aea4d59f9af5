import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { expect, it, vi } from 'vitest';
import { CALLS } from '../../../src-shared/ipc.ts';
import type { Answers, Call } from '../../../src-shared/ipc.ts';
import { channel } from '../../../src-shared/channel.ts';
import { serveCalls } from './serve.ts';
import type { Handlers } from './serve.ts';
import { DesktopError } from './desktop-error.ts';

type CallHandlers = Handlers<typeof CALLS, Answers>;
type Listener = Parameters<IpcMain['handle']>[1];

function served({ trusted = true, join = vi.fn<CallHandlers['join']>(() => null) } = {}) {
  const nothing = vi.fn(() => null);
  const handlers: CallHandlers = {
    context: () => ({
      at: 'home',
      link: null,
      computer: '',
      hosting: null,
      discovery: { announce: true, look: true },
      preferences: {},
    }),
    host: () => ({ url: '', fingerprint: '', words: [], name: '', link: '' }),
    hostOfLink: () => ({ address: '', own: false, words: null, wordsBefore: null, met: false, consented: false }),
    join,
    goHome: nothing,
    setInMeeting: nothing,
    linkOnClipboard: () => null,
    shareQuality: nothing,
    setAppearance: nothing,
    savePreferences: nothing,
    nearby: nothing,
    setDiscovery: nothing,
  };
  const listeners = new Map<string, Listener>();
  const report = vi.fn();
  const ipcMain = { handle: (name: string, listener: Listener) => void listeners.set(name, listener) };
  serveCalls(ipcMain, { calls: CALLS, channel, handlers, isTrusted: () => trusted, report });
  const call = (name: string, argument?: unknown): unknown =>
    listeners.get(`parley:${name}`)?.({} as IpcMainInvokeEvent, argument);
  return { call, listeners, report, handlers };
}

it('serves every call of the contract and no other', () => {
  const { listeners } = served();
  expect([...listeners.keys()].sort()).toEqual(
    Object.keys(CALLS)
      .map((name) => `parley:${name}`)
      .sort(),
  );
});

it('answers with what the handler answers', async () => {
  const { call, handlers } = served();
  expect(await call('join', { link: 'x' })).toEqual({ ok: true, value: null });
  expect(handlers.join).toHaveBeenCalledWith({ link: 'x' });
});

it('refuses every call that is not from the window, before anything else', () => {
  const { call, listeners, handlers } = served({ trusted: false });
  for (const name of Object.keys(CALLS) as Call[]) expect(() => call(name), name).toThrow(DesktopError);
  expect(listeners.size).toBe(Object.keys(CALLS).length);
  expect(handlers.goHome).not.toHaveBeenCalled();
});

it.each([
  ['join', undefined],
  ['join', {}],
  ['join', { link: 'x'.repeat(9000) }],
  ['host', { hostName: ' ' }],
  ['hostOfLink', { link: 7 }],
  ['setAppearance', { theme: 'pink', language: 'en' }],
  ['setDiscovery', { announce: true }],
  ['savePreferences', { name: 7 }],
  ['savePreferences', { name: 'x'.repeat(20_000) }],
  ['savePreferences', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [String(index), '']))],
])('refuses %s(%j) by its schema', async (name, argument) => {
  const { call, handlers } = served();
  expect(await call(name, argument)).toMatchObject({ ok: false, problem: { code: 'BAD_REQUEST' } });
  expect(handlers.join).not.toHaveBeenCalled();
});

it('tells a failure by its code, and reports what nobody foresaw without its words', async () => {
  const join = vi
    .fn<CallHandlers['join']>()
    .mockRejectedValueOnce(new DesktopError('KEY_CHANGED', 'another key'))
    .mockRejectedValueOnce(new TypeError('/home/someone/secret'));
  const { call, report } = served({ join });
  expect(await call('join', { link: 'x' })).toEqual({
    ok: false,
    problem: { code: 'KEY_CHANGED', detail: 'another key' },
  });
  expect(report).not.toHaveBeenCalled();
  const second = await call('join', { link: 'x' });
  expect(second).toMatchObject({ ok: false, problem: { code: 'INTERNAL' } });
  expect(JSON.stringify(second)).not.toContain('secret');
  expect(report).toHaveBeenCalledOnce();
});
