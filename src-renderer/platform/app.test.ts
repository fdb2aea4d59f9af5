import { expect, it, vi } from 'vitest';
import type { Bridge, WindowContext } from '../../src-shared/ipc.ts';
import { App } from './app.ts';
import { DesktopFailure } from './bridge.ts';

const INVITE = { origin: 'https://127.0.0.1:7443', roomId: 'a1b2c3d4', token: 'host', fingerprint: 'F' };
const MEETING: WindowContext = {
  at: 'meeting',
  invite: INVITE,
  link: 'https://192.168.1.5:7443/r/a1b2c3d4#fp=F',
  own: true,
  opened: true,
  trust: 'link',
  preferences: { 'parley.name': 'Ada' },
};
const HOME: WindowContext = {
  at: 'home',
  link: null,
  computer: 'laptop',
  hosting: null,
  discovery: { announce: true, look: true },
  preferences: {},
};

async function app(context: WindowContext) {
  const done = <Value>(value: Value) => vi.fn(() => Promise.resolve({ ok: true as const, value }));
  const bridge = {
    context: done(context),
    host: done(null),
    hostOfLink: done(null),
    join: vi.fn<Bridge['join']>(() => Promise.resolve({ ok: true, value: null })),
    goHome: done(null),
    setInMeeting: done(null),
    linkOnClipboard: done('https://192.168.1.5:7443/r/x'),
    shareQuality: vi.fn(() => Promise.resolve({ ok: true, value: 'motion' })),
    setAppearance: done(null),
    savePreferences: done(null),
    nearby: done(null),
    setDiscovery: done(null),
  };
  return { bridge, one: await App.open(bridge as unknown as Bridge) };
}

it('is in its meeting, whose link is the one others can use', async () => {
  const { one } = await app(MEETING);
  expect(one).toMatchObject({ kind: 'app', invite: INVITE, opened: true, pinned: true });
  expect(one.hostOrigin).toBe('https://127.0.0.1:7443');
  expect(one.publicOrigin).toBe('https://192.168.1.5:7443');
  expect(one.desktop.home).toBeNull();
});

it('leaves the words to be compared where the link named no key', async () => {
  for (const trust of ['first-use', 'known', 'authority'] as const) {
    expect((await app({ ...MEETING, trust })).one.pinned, trust).toBe(false);
  }
});

it('is at home without an invite', async () => {
  const { one } = await app(HOME);
  expect([one.invite, one.publicOrigin, one.desktop.home]).toEqual([null, null, HOME]);
});

it('keeps what is remembered in the app, whole each time', async () => {
  const { one, bridge } = await app(MEETING);
  expect(one.storage.getItem('parley.name')).toBe('Ada');
  expect(one.storage.getItem('parley.other')).toBeNull();
  one.storage.setItem('parley.other', '1');
  expect(bridge.savePreferences).toHaveBeenLastCalledWith({ 'parley.name': 'Ada', 'parley.other': '1' });
});

it('says while the person is in', async () => {
  const { one, bridge } = await app(MEETING);
  const release = one.keepAwake();
  expect(bridge.setInMeeting).toHaveBeenLastCalledWith({ inMeeting: true });
  release();
  expect(bridge.setInMeeting).toHaveBeenLastCalledWith({ inMeeting: false });
});

it('rejects with the code of what went wrong', async () => {
  const { one, bridge } = await app(HOME);
  bridge.join.mockResolvedValueOnce({ ok: false, problem: { code: 'KEY_CHANGED', detail: 'another key' } });
  await expect(one.desktop.join('x')).rejects.toThrow(
    new DesktopFailure({ code: 'KEY_CHANGED', detail: 'another key' }),
  );
});

it('shares at another frame rate rather than not at all', async () => {
  const { one } = await app(MEETING);
  const applyConstraints = vi.fn(() =>
    Promise.reject(new DOMException('not with this screen', 'OverconstrainedError')),
  );
  const stream = { getVideoTracks: () => [{ applyConstraints }] };
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getDisplayMedia: () => Promise.resolve(stream),
    },
  });
  expect(await one.pickDisplay({ quality: 'text' })).toEqual({ stream, quality: 'motion' });
  expect(applyConstraints).toHaveBeenCalledExactlyOnceWith({ frameRate: { ideal: 30 } });
  vi.unstubAllGlobals();
});
