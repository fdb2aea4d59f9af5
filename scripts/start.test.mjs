import { afterEach, expect, it, vi } from 'vitest';

const machine = vi.hoisted(() => ({
  electron: /** @type {string | null} */ (null),
  browser: /** @type {string | null} */ ('/usr/bin/chromium'),
  began: /** @type {[string, readonly string[]][]} */ ([]),
}));
vi.mock('./electron-runtime.mjs', () => ({ provideElectron: () => Promise.resolve(machine.electron) }));
vi.mock('./browser/find.mjs', () => ({ hasDisplay: () => true, findBrowser: () => Promise.resolve(machine.browser) }));
vi.mock('./setup/ready.mjs', () => ({
  BUILD_STEPS: 0,
  RUNTIME_STEPS: 0,
  provideRuntime: () => Promise.resolve({ node: 'node', env: {} }),
  buildAll: () => Promise.resolve(),
}));
vi.mock('./setup/run.mjs', () => {
  const begin = (/** @type {string} */ program, /** @type {readonly string[]} */ args) => {
    machine.began.push([program, args]);
  };
  return {
    start: begin,
    handOver: (/** @type {string} */ program, /** @type {readonly string[]} */ args) => (begin(program, args), 0),
    ended: () => Promise.resolve(0),
    stop: () => undefined,
    passSignalsOn: () => undefined,
    Interrupted: class extends Error {},
  };
});

const HASH = `#t=secret&fp=${'A'.repeat(43)}`;
const WEB = `https://192.168.1.24:7443/r/3f9a2c1d${HASH}`;
const APP = `parley://192.168.1.24:7443/r/3f9a2c1d${HASH}`;
const argv = process.argv;

afterEach(() => {
  process.argv = argv;
  vi.restoreAllMocks();
});

/** What `npm start -- LINK` begins, and says. */
async function npmStart(/** @type {string} */ link) {
  process.argv = ['node', 'start.mjs', link];
  machine.began.length = 0;
  const said = vi.spyOn(console, 'log').mockReturnValue(undefined);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.resetModules();
  await import('./start.mjs');
  return { began: [...machine.began], said: said.mock.calls.flat() };
}

it.each([WEB, APP])('opens the meeting of %s', async (link) => {
  machine.electron = '/electron';
  const inApp = await npmStart(link);
  expect(inApp.began).toEqual([['/electron', expect.arrayContaining([APP])]]);

  machine.electron = null;
  const inBrowser = await npmStart(link);
  expect(inBrowser.began).toEqual([['/usr/bin/chromium', expect.arrayContaining([`--app=${WEB}`])]]);

  machine.browser = null;
  const nowhere = await npmStart(link);
  expect([nowhere.began, nowhere.said.at(-1)]).toEqual([[], WEB]);
  machine.browser = '/usr/bin/chromium';
});
