import { join } from 'node:path';
import { CALLS } from '../../src-shared/ipc.ts';
import { expect, test } from './parley.ts';

/** Every call with an argument its schema takes, so that only the sender can be what is wrong. */
const ARGUMENTS: Record<keyof typeof CALLS, unknown> = {
  context: undefined,
  host: { hostName: 'Eve' },
  hostOfLink: { link: 'https://127.0.0.1:7443/r/a1b2c3d4' },
  join: { link: 'https://127.0.0.1:7443/r/a1b2c3d4' },
  goHome: undefined,
  setInMeeting: { inMeeting: true },
  linkOnClipboard: undefined,
  screenSources: { pick: '00000000-0000-4000-8000-000000000000' },
  answerPick: { pick: '00000000-0000-4000-8000-000000000000', source: null, sound: false },
  openPrivacySettings: { area: 'screen' },
  setTheme: { theme: 'dark' },
  savePreferences: {},
};

test('the page has the bridge, and nothing else of the computer', async ({ start }) => {
  const home = await (await start()).home();
  const has = await home.evaluate(() => ({
    bridge: Object.keys((window as unknown as { parley: object }).parley).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
  }));
  expect(has.node).toEqual([]);
  expect(has.bridge).toEqual([...Object.keys(CALLS), 'onPick', 'onPickOver'].sort());
});

test('every call from another window is refused', async ({ start }) => {
  const app = await start();
  const home = await app.home();
  const opening = app.electron.waitForEvent('window');
  const preload = join(import.meta.dirname, '../../dist/preload/preload.cjs');
  await app.electron.evaluate(({ BrowserWindow, session }, path) => {
    const foreign = session.fromPartition('foreign');
    const type = { 'content-type': 'text/html' };
    foreign.protocol.handle('app', () => new Response('<title>foreign</title>', { headers: type }));
    const webPreferences = { session: foreign, preload: path, sandbox: true, contextIsolation: true };
    return new BrowserWindow({ webPreferences }).loadURL('app://parley/');
  }, preload);
  const foreign = await opening;
  await expect(foreign).toHaveTitle('foreign');
  const answers = await foreign.evaluate(async (calls) => {
    const { parley: bridge } = window as unknown as { parley: Record<string, (argument: unknown) => Promise<unknown>> };
    const ask = async ([name, argument]: [string, unknown]) =>
      [name, await bridge[name]?.(argument).then(JSON.stringify, () => 'refused')] as const;
    return Promise.all(calls.map(ask));
  }, Object.entries(ARGUMENTS));
  expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(Object.keys(CALLS).map((name) => [name, 'refused'])));
  await expect(home.getByRole('button', { name: /^Host a meeting/ })).toBeVisible();
});

test('home talks to nobody, and goes nowhere', async ({ start, host }) => {
  const app = await start();
  const home = await app.home();
  const reached = await home.evaluate(
    (url) =>
      fetch(`${url}/api/host`).then(
        () => 'reached',
        () => 'refused',
      ),
    host.url,
  );
  expect(reached).toBe('refused');
  await home.evaluate((url) => {
    window.open(url);
    location.href = url;
  }, host.url);
  await expect(home.getByRole('button', { name: /^Host a meeting/ })).toBeVisible();
  expect(app.electron.windows()).toHaveLength(1);
  expect(home.url()).not.toContain(new URL(host.url).port);
});
