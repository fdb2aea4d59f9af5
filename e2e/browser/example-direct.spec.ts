import type { Browser, BrowserContext, Page, WebSocketRoute } from '@playwright/test';
import * as v from 'valibot';
import { type Examples, serveExamples } from '../fixtures/examples.ts';
import { Host } from '../fixtures/host.ts';
import { askForSmallPictures, expectFrames } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

/** The page of docs/examples/peer-to-peer in two windows, its calls made in every order they can be. */
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

/** A Socket.IO event of the default namespace as it stands in a frame. */
const Event = v.tuple([v.string(), v.looseObject({ socketId: v.optional(v.string()) })]);

/** The line between a window and the host, on which the test may hold back and bring what it likes. */
class Line {
  /** What the window has sent and what has reached it, by name, in order. */
  readonly sent: string[] = [];
  readonly delivered: string[] = [];
  /** Whether a message from the host has to wait. */
  holds: (name: string) => boolean = () => false;
  socketId = '';
  #held: { name: string; frame: string | Buffer }[] = [];
  #window: WebSocketRoute | null = null;

  static async of(page: Page): Promise<Line> {
    const line = new Line();
    await page.routeWebSocket(/\/socket\.io\//, (window) => line.#join(window));
    return line;
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

  /** Delivers what need not wait (any more), in the order it came. */
  flush(): void {
    for (const message of [...this.#held]) {
      if (this.holds(message.name)) continue;
      this.#held.splice(this.#held.indexOf(message), 1);
      this.delivered.push(message.name);
      this.#window?.send(message.frame);
    }
  }

  /** As if the host had said so. */
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
  const line = await Line.of(bo);
  line.holds = (name) => name === 'offer' && !line.delivered.includes('ice_candidate');
  await call(ada, 'Ada');
  await call(bo, 'Bo');
  await expect.poll(() => line.delivered.includes('ice_candidate')).toBe(true);
  line.flush();
  await expectBothPictures(ada, bo);
  expect(line.delivered.indexOf('ice_candidate')).toBeLessThan(line.delivered.indexOf('offer'));
});

test('both call at once: one withdraws', async ({ browser }) => {
  const [ada, bo] = [await openWindow(browser), await openWindow(browser)];
  const lines = [await Line.of(ada), await Line.of(bo)] as const;
  const [adas, bos] = lines;
  // Neither hears anything of the other's call before both have called.
  for (const line of lines) line.holds = (name) => /offer|answer|candidate/.test(name);
  await call(ada, 'Ada');
  await call(bo, 'Bo');
  bos.tell('user_joined', { personName: 'Ada', roomName: 'Lab', socketId: adas.socketId });
  await expect.poll(() => lines.every(({ sent }) => sent.includes('offer'))).toBe(true);
  for (const line of lines) {
    expect(line.delivered).not.toContain('offer');
    line.holds = () => false;
    line.flush();
  }
  await expectBothPictures(ada, bo);
  expect(lines.map(({ sent }) => sent.filter((name) => name === 'answer').length).sort()).toEqual([0, 1]);
});

test('whoever loads the page anew is called again', async ({ browser }) => {
  const [ada, bo] = [await openWindow(browser), await openWindow(browser)];
  await call(ada, 'Ada');
  await call(bo, 'Bo');
  await expectBothPictures(ada, bo);
  for (const page of [ada, bo]) {
    await page.reload();
    await expectBothPictures(ada, bo);
  }
});
