/** One meeting, four ways in: pages that speak each of them see and hear each other, with real media. */
import type { BrowserContext, Page } from '@playwright/test';
import { type Examples, serveExamples } from '../fixtures/examples.ts';
import { Host } from '../fixtures/host.ts';
import { askForSmallPictures, expectFrames, expectToGrow, recordConnections } from '../fixtures/media.ts';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';
import { Attendee } from './clients/attendee.ts';
import { HttpClient } from './clients/http.ts';
import { fieldsOf, text } from './reply.ts';
import { microphone } from './rtp.ts';

let examples: Examples;
let host: Host;
let context: BrowserContext;

test.beforeAll(async () => {
  examples = await serveExamples();
  host = await Host.start({ more: ['--allow-origin', examples.origin] });
});

test.beforeEach(async ({ browser }) => {
  context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['camera', 'microphone'] });
  await context.addInitScript(recordConnections);
  await context.addInitScript(askForSmallPictures);
});

test.afterEach(() => context.close());

test.afterAll(async () => {
  await host.dispose();
  await examples.close();
});

/** A page, and all that its host has told it over a WebSocket. */
class Guest {
  readonly page: Page;
  readonly #frames: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.#frames.push(payload.toString()));
    });
  }

  /** Opens one of the examples; the button's name, and what its fields are called. */
  static async come(example: string, { link, name, button }: { link: string; name: string; button: string }) {
    const guest = new Guest(await context.newPage());
    await guest.page.goto(`${examples.origin}/${example}/`);
    await guest.page.getByLabel('Link').fill(link);
    await guest.page.getByLabel('Name').fill(name);
    await guest.page.getByRole('button', { name: button }).click();
    return guest;
  }

  /** Waits until the host has told of something, in one message that has all of these words in it. */
  async expectTold(...words: string[]): Promise<void> {
    const told = () => this.#frames.some((frame) => words.every((word) => frame.includes(word)));
    await expect.poll(told, { message: `told of ${words.join(' ')}` }).toBe(true);
  }

  /** What has been told so far counts no more. */
  forget(): void {
    this.#frames.length = 0;
  }
}

test('a window, a Socket.IO page, an HTTP page and a plain WebSocket page meet', async () => {
  test.setTimeout(240_000);
  const { url: link, roomId } = await host.createRoom();
  const ada = new Person(await context.newPage(), 'Ada');
  await ada.enter(link);

  const exa = await Guest.come('client', { link, name: 'Exa', button: 'Join' });
  await expect(exa.page.getByRole('status')).toHaveText('You are in Morning round.');
  await expect(ada.tile('Exa')).toBeVisible();

  const hedy = await Guest.come('http', { link, name: 'Hedy', button: 'Join' });
  await expect(hedy.page.getByRole('status')).toHaveText('You are in.');
  await expect(ada.tile('Hedy')).toBeVisible();
  await exa.expectTold('"peer-joined"', '"Hedy"');

  const sherry = await Guest.come('websocket-share', { link, name: 'Sherry', button: 'Share' });
  await expect(sherry.page.getByRole('status')).toHaveText('You are sharing your screen.');
  await exa.expectTold('"newProducer"', '"Sherry"', '"screen"');
  await hedy.expectTold('"userJoined"', '"Sherry"');
  await hedy.expectTold('"producerAdded"', '"Sherry"', '"screen"');

  const wanda = await Guest.come('websocket-watch', { link, name: 'Wanda', button: 'Watch' });
  await expect(wanda.page.getByRole('status')).toHaveText('You are watching.');
  for (const guest of [exa, hedy]) await guest.expectTold('"Wanda"');

  await test.step('each decodes frames of each that sends', async () => {
    for (const name of ['Exa', 'Hedy', 'Sherry’s screen']) await expectFrames(ada.video(name), 5);
    await expect(exa.page.locator('video')).toHaveCount(3);
    await expect(hedy.page.locator('video')).toHaveCount(3);
    for (const { page } of [exa, hedy]) {
      for (let index = 0; index < 3; index++) await expectFrames(page.locator('video').nth(index), 5);
    }
    await expectFrames(wanda.page.getByLabel('Sherry’s screen'), 5);
    for (const page of [ada.page, exa.page, hedy.page]) await expectToGrow(page, 'audioEnergyHeard', 0);
  });

  await test.step('a pause and a resume in the window are seen in the others', async () => {
    await ada.press('Mute');
    await exa.expectTold('"producerPaused"');
    await hedy.expectTold('"producerPaused"', '"Ada"', '"microphone"');
    await ada.press('Unmute');
    await exa.expectTold('"producerResumed"');
    await hedy.expectTold('"producerResumed"', '"Ada"', '"microphone"');
  });

  await test.step('so are those of somebody who has no page at all', async () => {
    for (const guest of [exa, hedy]) guest.forget();
    const http = await HttpClient.of(host.url);
    const nell = new Attendee(host.url, http);
    await nell.reserve(roomId, 'Nell');
    const id = text(fieldsOf(await nell.ask('createProducer', { ...microphone, type: 'microphone' })), 'id');
    await nell.open();
    const muted = ada.tile('Nell').getByRole('img', { name: 'Muted' });
    await expect(ada.tile('Nell')).toBeVisible();
    await expect(muted).toHaveCount(0);
    for (const [event, count] of [
      ['producerPaused', 1],
      ['producerResumed', 0],
    ] as const) {
      nell.say({ event, id });
      await exa.expectTold(`"${event}"`, id);
      await hedy.expectTold(`"${event}"`, '"Nell"', id);
      await expect(muted).toHaveCount(count);
    }
    await nell.leave();
    await http.close();
    await hedy.expectTold('"userLeft"', '"Nell"');
    await exa.expectTold('"peerLeft"');
    await expect(ada.tile('Nell')).toHaveCount(0);
    for (const guest of [exa, hedy, wanda]) guest.forget();
  });

  await test.step('who stops sharing and goes is gone in all', async () => {
    await sherry.page.getByRole('button', { name: 'Stop' }).click();
    await expect(ada.tile('Sherry’s screen')).toHaveCount(0);
    await expect(ada.tile('Sherry')).toHaveCount(0);
    await exa.expectTold('"peerLeft"');
    await hedy.expectTold('"producerRemoved"', '"Sherry"');
    await hedy.expectTold('"userLeft"', '"Sherry"');
    await wanda.expectTold('"producerClosed"');
    await expect(wanda.page.getByLabel('Sherry’s screen')).toHaveCount(0);
    for (const { page } of [exa, hedy]) await expect(page.locator('video')).toHaveCount(2);
  });

  await test.step('so is who leaves over HTTP, and who leaves the window', async () => {
    for (const guest of [exa, wanda]) guest.forget();
    await hedy.page.close();
    await expect(ada.tile('Hedy')).toHaveCount(0);
    await exa.expectTold('"peerLeft"');
    await expect(exa.page.locator('video')).toHaveCount(1);

    exa.forget();
    await ada.leave();
    await exa.expectTold('"peerLeft"');
    await expect(exa.page.locator('video')).toHaveCount(0);
    await wanda.expectTold('"producerClosed"');
  });
});
