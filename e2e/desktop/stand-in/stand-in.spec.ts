/** The example app, as Electron runs it. On the real one the same tests say whether the stand-in tells the truth. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, JSHandle, Page } from '@playwright/test';
import type { BrowserWindow } from 'electron';
import { command, environment, runtime } from '../launch.ts';
import { expect, test as base } from '../test.ts';
import { descendants, running } from './processes.ts';
import { capture, listWindows } from './screens/x11.ts';
import { startSecureServer } from './secure-server.ts';
import type { SecureServer } from './secure-server.ts';

/** What the example decides by, and what it has been asked; see example/main.js. */
interface Rules {
  pin: string | null;
  mayUseDevices: boolean;
  share: string | null;
  mayClose: boolean;
  log: string[];
}

declare global {
  var rules: Rules;
  var makeWindow: (name: string) => { loadURL(url: string): Promise<void> };
  interface Window {
    example: {
      greet(who: string): Promise<object>;
      add(a: number, b: number): number;
      fail(): void;
      onNews(listener: (news: string) => void): () => void;
    };
  }
}

const EXAMPLE = fileURLToPath(new URL('example', import.meta.url));

interface Fixtures {
  example: ElectronApplication;
  page: Page;
  server: SecureServer;
}

const test = base.extend<Fixtures>({
  example: async ({ launch }, use) => use(await launch({ app: EXAMPLE, args: ['an-argument'] })),
  page: async ({ example }, use) => use(await loaded(await example.firstWindow())),
  server: async ({}, use) => {
    const server = await startSecureServer('app://example');
    await use(server);
    server.close();
  },
});

test('an app starts, and Playwright reaches its main process and its window', async ({ example, page, dataDir }) => {
  expect(await example.evaluate(({ app }) => [app.getName(), app.getVersion(), app.getPath('userData')])).toEqual([
    'stand-in-example',
    '1.2.3',
    `${dataDir}/stand-in-example`,
  ]);
  expect(await example.evaluate(() => process.argv.at(-1))).toBe('an-argument');
  const window: JSHandle<unknown> = await example.browserWindow(page);
  const seen = window.evaluate((it) => {
    const shown = it as BrowserWindow;
    return [shown.isVisible(), shown.webContents.getURL()];
  });
  expect(await seen).toEqual([true, 'app://example/index.html']);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([700, 500]);
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
});

test('the page comes from the app’s scheme, under its policy', async ({ page }) => {
  await expect(page).toHaveTitle('Example');
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  expect(await page.evaluate(() => fetch('missing.js').then(({ status }) => status))).toBe(404);
  const fromWorker = page.evaluate(
    () => new Promise((resolve) => (new Worker('worker.js').onmessage = ({ data }) => resolve(data))),
  );
  expect(await fromWorker).toBe(200);
});

test('page and main process call each other', async ({ example, page }) => {
  expect(await page.evaluate(() => window.example.greet('you'))).toEqual({
    greeting: 'Hello you',
    from: 'app://example/index.html',
    absent: undefined,
  });
  const refused = page.evaluate(() => window.example.greet('nobody').catch((error: unknown) => String(error)));
  expect(await refused).toBe("Error: Error invoking remote method 'greet': RangeError: there is nobody to greet");
  expect(await page.evaluate(() => window.example.add(2, 3))).toBe(5);
  await expect(page.evaluate(() => window.example.fail())).rejects.toThrow('as it should');
  await example.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.send('news', 'good news'),
  );
  await expect(page.locator('output')).toHaveText('good news');
});

test('a page gets devices when the app allows it', async ({ example, page }) => {
  const devices = () =>
    page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
        (stream) => stream.getTracks().map(({ kind }) => kind),
        (error: unknown) => (error instanceof Error ? error.name : error),
      ),
    );
  expect(await devices()).toEqual(['audio', 'video']);
  await example.evaluate(() => (rules.mayUseDevices = false));
  expect(await devices()).toBe('NotAllowedError');
  expect(await log(example)).toContain('media at app://example/index.html');
  const { state } = await page.evaluate(async () => {
    const permission = await navigator.permissions.query({ name: 'geolocation' });
    return { state: permission.state };
  });
  expect(state).toBe('denied');
});

test('a host is reached when the app accepts its certificate, and no other', async ({ example, page, server }) => {
  const other = await startSecureServer('app://example');
  expect(await reach(page, server)).toEqual(['refused', 'refused']);

  await example.evaluate((_, pin) => (rules.pin = pin), server.fingerprint);
  expect(await reach(page, server), 'a verdict holds for its session').toEqual(['refused', 'refused']);

  const fresh = await openWindow(example, 'pinned');
  expect(await reach(fresh, server)).toEqual(['an answer', 'hello']);
  expect(await reach(fresh, other)).toEqual(['refused', 'refused']);
  expect(await log(example)).toContain('verify 127.0.0.1');
  expect(server.origins).toEqual(['app://example', 'app://example']);
  expect(other.origins).toEqual([]);
  other.close();
});

test('a host that allows another origin is not readable', async ({ example, page }) => {
  const server = await startSecureServer('https://elsewhere.example');
  await example.evaluate((_, pin) => (rules.pin = pin), server.fingerprint);
  await loaded(page);
  expect(await reach(page, server)).toEqual(['refused', 'hello']);
  expect(server.origins[0]).toBe('app://example');
  server.close();
});

test('the app chooses what a page shares', async ({ example, page }) => {
  const share = async (name: string | null) => {
    await example.evaluate((_, chosen) => (rules.share = chosen), name);
    await page.getByRole('button').click();
  };
  const output = page.locator('output');
  await share('Entire screen');
  await expect(output).toHaveText('sharing a monitor');
  await share('Example');
  await expect(output).toHaveText('sharing a window');
  await share(null);
  await expect(output).toHaveText('AbortError');
  await share('Entire screen');
  await expect(output).toHaveText('sharing a monitor');
});

test('a window that has gone while windows are listed has no picture', async ({ page, dataDir }) => {
  test.skip(runtime() === 'electron', 'Electron takes the pictures itself');
  const size = { width: 100, height: 100 };
  process.env['DISPLAY'] = (await environment(dataDir))['DISPLAY'];
  await loaded(page);
  const ids = async () => (await listWindows()).filter(({ title }) => title.startsWith('Example')).map(({ id }) => id);
  await expect.poll(ids).toHaveLength(1);
  const [id = ''] = await ids();
  expect(await capture(id, size)).not.toBeNull();
  await page.close();
  await expect.poll(ids).toEqual([]);
  // The window manager forgets a window before the X server has destroyed it.
  await expect.poll(() => capture(id, size)).toBeNull();
  // The X server answers the others all the same.
  expect(await capture('root', size)).not.toBeNull();
});

test('a window is one of the sources, under the id it knows itself by', async ({ example, page }) => {
  await loaded(page);
  const own: JSHandle<unknown> = await example.browserWindow(page);
  const id = await own.evaluate((window) => (window as BrowserWindow).getMediaSourceId());
  const sources = await example.evaluate(({ desktopCapturer }) =>
    desktopCapturer.getSources({ types: ['window'], thumbnailSize: { width: 0, height: 0 } }),
  );
  expect(sources.find((source) => source.id === id)?.name).toMatch(/^Example/);
});

test('a page opens no windows and goes nowhere the app forbids', async ({ example, page }) => {
  await page.evaluate(() => void window.open('https://example.com/window'));
  await expect.poll(() => log(example)).toContain('open https://example.com/window');
  await page.evaluate(() => void (location.href = 'https://example.com/page'));
  await expect.poll(() => log(example)).toContain('navigate https://example.com/page');
  await expect.poll(() => example.windows()).toHaveLength(1);
  expect(await page.evaluate(() => window.example.add(1, 1))).toBe(2);
});

test('a window closes when the app lets it, and the app ends with its last one', async ({ example, page }) => {
  await example.evaluate(() => (rules.mayClose = false));
  await page.evaluate(() => window.close());
  await expect.poll(() => log(example)).toContain('close');
  await example.evaluate(({ app }) => app.quit());
  await expect.poll(() => log(example)).toEqual(expect.arrayContaining(['close', 'before-quit', 'close']));
  expect(await page.evaluate(() => window.example.add(1, 1))).toBe(2);

  await example.evaluate(() => (rules.mayClose = true));
  const exit = once(example.process(), 'exit');
  await page.close();
  expect(await exit).toEqual([0, null]);
});

test('a page that has crashed can be loaded again', async ({ example, page }) => {
  const greetings = async () => (await log(example)).filter((line) => line === 'greet at first').length;
  await expect.poll(greetings).toBe(1);
  const devTools = await page.context().newCDPSession(page);
  // Never answered: the page is gone.
  devTools.send('Page.crash').catch(() => undefined);
  await expect.poll(() => log(example)).toContain('gone: crashed');
  await expect.poll(greetings).toBe(2);
});

test('a second instance gives its arguments to the first, and ends', async ({ example, page, dataDir }) => {
  await loaded(page);
  const [program, ...args] = command();
  const second = spawn(program, [...args, EXAMPLE, 'example://link'], {
    env: await environment(dataDir),
    stdio: 'inherit',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(() => log(example)).toContain('second instance example://link');
});

test('nothing is left of an app that was killed', async ({ example, page }) => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  await loaded(page);
  const { pid = 0 } = example.process();
  const all = [pid, ...descendants(pid)];
  expect(running(all).length).toBeGreaterThan(2);
  example.process().kill('SIGKILL');
  await expect.poll(() => running(all)).toEqual([]);
});

test('what the stand-in has not, it says', async ({ example, page }) => {
  test.skip(runtime() === 'electron', 'Electron itself has it');
  await loaded(page);
  const said = (error: Error) => error.message;
  expect(await example.evaluate(({ app }) => app.setBadgeCount(1)).catch(said)).toContain(
    'the stand-in has no app.setBadgeCount',
  );
  expect(await example.evaluate(({ app }) => app.on('gpu-info-update', () => undefined).name).catch(said)).toContain(
    'the stand-in has no event gpu-info-update of app',
  );
  expect(await example.evaluate(({ BrowserWindow }) => new BrowserWindow({ kiosk: true }).id).catch(said)).toContain(
    'the stand-in has no BrowserWindow option kiosk',
  );
});

/** Once its script has run. */
async function loaded(page: Page): Promise<Page> {
  await expect(page.locator('output')).toHaveText('loaded');
  return page;
}

function log(example: ElectronApplication): Promise<string[]> {
  return example.evaluate(() => rules.log);
}

/** Another window, in a session of its own. */
async function openWindow(example: ElectronApplication, name: string): Promise<Page> {
  const opened = example.waitForEvent('window');
  await example.evaluate((_, session) => makeWindow(session).loadURL('app://example/index.html'), name);
  return loaded(await opened);
}

/** What a page gets of a server: by a request, and by a socket. */
function reach(page: Page, { port }: SecureServer): Promise<string[]> {
  return page.evaluate(async (at) => {
    const request = fetch(`https://127.0.0.1:${String(at)}/`).then((answer) => answer.text());
    const socket = new Promise<string>((resolve, reject) => {
      const opening = new WebSocket(`wss://127.0.0.1:${String(at)}/`);
      opening.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
      opening.onerror = reject;
    });
    const refused = () => 'refused';
    return [await request.catch(refused), await socket.catch(refused)];
  }, port);
}
