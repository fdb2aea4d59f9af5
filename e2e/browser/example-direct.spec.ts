import type { Browser, BrowserContext, Page, WebSocketRoute } from '@playwright/test';
import * as v from 'valibot';
import { type Examples, serveExamples } from '../fixtures/examples.ts';
import { Host } from '../fixtures/host.ts';
import { askForSmallPictures, expectFrames } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

/** The page of docs/examples/peer-to-peer in two windows, with messages in every order that can occur. */
let examples: Examples;
let host: Host;
let contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  examples = await serveExamples();
  host = await Host.start({ more: ['--allow-origin', examples.origin] });
});

test.afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

test.afterAll(async () => {
  await host.dispose();
  await examples.close();
});

/** A Socket.IO event of the default namespace, as in a frame. */
const Event = v.tuple([v.string(), v.looseObject({ socketId: v.optional(v.string()) })]);

/** A proxy between a window and the host, with which a test delays messages and adds its own. */
class SignalingProxy {
  /** The names of the messages that the window sent and of those it received, in order. */
  readonly sent: string[] = [];
  readonly delivered: string[] = [];
  /** Whether a message from the host has to wait. */
  holds: (name: string) => boolean = () => false;
  socketId = '';
  #held: { name: string; frame: string | Buffer }[] = [];
  #window: WebSocketRoute | null = null;

  static async of(page: Page): Promise<SignalingProxy> {
    const proxy = new SignalingProxy();
    await page.routeWebSocket(/\/socket\.io\//, (window) => proxy.#join(window));
    return proxy;
  }

  #join(window: WebSocketRoute): void {
    this.#window = window;
    const server = window.connectToServer();
    window.onMessage((frame) => {
      this.sent.push(read(frame).name);
      server.send(frame);
    });
    server.onMessage((frame) => {
      const { name, socketId } = read(frame);
      if (name === 'user_joined') this.socketId ||= socketId ?? '';
      this.#held.push({ name, frame });
      this.flush();
    });
  }

  /** Delivers the messages that no longer wait, in the order of their arrival. */
  flush(): void {
    for (const message of [...this.#held]) {
      if (this.holds(message.name)) continue;
      this.#held.splice(this.#held.indexOf(message), 1);
      this.delivered.push(message.name);
      this.#window?.send(message.frame);
    }
  }

  /** Sends the window a message as if it came from the host. */
  tell(name: string, payload: object): void {
    this.#window?.send(`42${JSON.stringify([name, payload])}`);
  }
}

function read(frame: string | Buffer): { name: string; socketId?: string | undefined } {
  const [, text] = /^42(\[.*)$/s.exec(frame.toString()) ?? [];
  if (text === undefined) return { name: '' };
  const [name, { socketId }] = v.parse(Event, JSON.parse(text));
  return { name, socketId };
}

async function openWindow(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['camera', 'microphone'] });
  contexts.push(context);
  await context.addInitScript(askForSmallPictures);
  return context.newPage();
}

async function call(page: Page, name: string): Promise<void> {
  await page.goto(`${examples.origin}/peer-to-peer/`);
  await page.getByLabel('Host').fill(host.url);
  await page.getByLabel('Room').fill('Lab');
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Call' }).click();
  await expect(page.getByRole('status')).toHaveText('You are in Lab.');
}

/** The picture of somebody else in a window. */
const pictureOf = (page: Page, name: string) => page.locator(`video[aria-label="${name}"]`);

async function expectBothPictures(ada: Page, bo: Page): Promise<void> {
  await expectFrames(pictureOf(ada, 'Bo'));
  await expectFrames(pictureOf(bo, 'Ada'));
  for (const page of [ada, bo]) await expect(page.locator('main video')).toHaveCount(2);
}

test('one calls the other: both see each other, and chat', async ({ browser }) => {
  const [ada, bo] = [await openWindow(browser), await openWindow(browser)];
  await call(ada, 'Ada');
  await call(bo, 'Bo');
  await expectBothPictures(ada, bo);

  await bo.getByLabel('Message').fill('Hello');
  await bo.getByRole('button', { name: 'Send' }).click();
  for (const page of [ada, bo]) await expect(page.getByRole('list', { name: 'Chat' })).toHaveText('Bo: Hello');
  await bo.close();
  await expect(pictureOf(ada, 'Bo')).toHaveCount(0);
});

test('candidates that come before their offer are not lost', async ({ browser }) => {
  const [ada, bo] = [await openWindow(browser), await openWindow(browser)];
  const proxy = await SignalingProxy.of(bo);
  proxy.holds = (name) => name === 'offer' && !proxy.delivered.includes('ice_candidate');
  await call(ada, 'Ada');
  await call(bo, 'Bo');
  await expect.poll(() => proxy.delivered.includes('ice_candidate')).toBe(true);
  proxy.flush();
  await expectBothPictures(ada, bo);
  expect(proxy.delivered.indexOf('ice_candidate')).toBeLessThan(proxy.delivered.indexOf('offer'));
});

test('both call at once: one withdraws', async ({ browser }) => {
  const [ada, bo] = [await openWindow(browser), await openWindow(browser)];
  const proxies = [await SignalingProxy.of(ada), await SignalingProxy.of(bo)] as const;
  const [adas, bos] = proxies;
  // Neither receives anything of the other's call before both have sent an offer.
  for (const proxy of proxies) proxy.holds = (name) => /offer|answer|candidate/.test(name);
  await call(ada, 'Ada');
  await call(bo, 'Bo');
  bos.tell('user_joined', { personName: 'Ada', roomName: 'Lab', socketId: adas.socketId });
  await expect.poll(() => proxies.every(({ sent }) => sent.includes('offer'))).toBe(true);
  for (const proxy of proxies) {
    expect(proxy.delivered).not.toContain('offer');
    proxy.holds = () => false;
    proxy.flush();
  }
  await expectBothPictures(ada, bo);
  expect(proxies.map(({ sent }) => sent.filter((name) => name === 'answer').length).sort()).toEqual([0, 1]);
});

test('a page that is reloaded is called again', async ({ browser }) => {
  const [ada, bo] = [await openWindow(browser), await openWindow(browser)];
  await call(ada, 'Ada');
  await call(bo, 'Bo');
  await expectBothPictures(ada, bo);
  for (const page of [ada, bo]) {
    await page.reload();
    await expectBothPictures(ada, bo);
  }
});
