import { join } from 'node:path';
import { CALLS } from '../../src-shared/ipc.ts';
import { PICKER_CALLS } from '../../src-shared/picker-ipc.ts';
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
  shareQuality: undefined,
  setAppearance: { theme: 'dark', language: 'es' },
  savePreferences: {},
  nearby: undefined,
  setDiscovery: { announce: false, look: false },
};

const PICKER_ARGUMENTS: Record<keyof typeof PICKER_CALLS, unknown> = {
  context: undefined,
  sources: undefined,
  answer: { source: null, quality: 'text', sound: false },
  openSettings: undefined,
};

test('the page has the bridge, and nothing else of the computer', async ({ start }) => {
  const home = await (await start()).home();
  const has = await home.evaluate(() => ({
    bridge: Object.keys((window as unknown as { parley: object }).parley).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
  }));
  expect(has.node).toEqual([]);
  expect(has.bridge).toEqual(Object.keys(CALLS).sort());
});

/** Every bridge, with the preload that makes it. */
const BRIDGES = [
  { preload: 'preload.cjs', bridge: 'parley', calls: ARGUMENTS },
  { preload: 'preload-picker.cjs', bridge: 'parleyPicker', calls: PICKER_ARGUMENTS },
] as const;

for (const { preload, bridge, calls } of BRIDGES)
  test(`every call from another window is refused: ${bridge}`, async ({ start }) => {
    const app = await start();
    const home = await app.home();
    const opening = app.electron.waitForEvent('window');
    const path = join(import.meta.dirname, '../../dist/preload', preload);
    await app.electron.evaluate(({ BrowserWindow, session }, file) => {
      const foreign = session.fromPartition('foreign');
      const type = { 'content-type': 'text/html' };
      foreign.protocol.handle('app', () => new Response('<title>foreign</title>', { headers: type }));
      const webPreferences = { session: foreign, preload: file, sandbox: true, contextIsolation: true };
      return new BrowserWindow({ webPreferences }).loadURL('app://parley/');
    }, path);
    const foreign = await opening;
    await expect(foreign).toHaveTitle('foreign');
    const answers = await foreign.evaluate(
      async ([name, asked]) => {
        type Calls = Record<string, (argument: unknown) => Promise<unknown>>;
        const { [name]: made } = window as unknown as Record<string, Calls>;
        const ask = async ([call, argument]: [string, unknown]) =>
          [call, await made?.[call]?.(argument).then(JSON.stringify, () => 'refused')] as const;
        return Promise.all(asked.map(ask));
      },
      [bridge, Object.entries<unknown>(calls)] as [string, [string, unknown][]],
    );
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(Object.keys(calls).map((name) => [name, 'refused'])),
    );
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
