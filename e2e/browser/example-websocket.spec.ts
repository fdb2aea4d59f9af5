import { type Examples, serveExamples } from '../fixtures/examples.ts';
import { Host } from '../fixtures/host.ts';
import { expectFrames, expectToGrow, recordConnections } from '../fixtures/media.ts';
import { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

/** The two pages of docs/protocol.md, "Plain WebSocket", served from an origin of their own as their readers do. */
let examples: Examples;

test.beforeAll(async () => {
  examples = await serveExamples();
});

test.afterAll(() => examples.close());

test('a screen shared by one plain page is watched in another, and in a Parley window', async ({ browser }) => {
  const host = await Host.start({ more: ['--allow-origin', examples.origin] });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ['camera', 'microphone'] });
  try {
    await context.addInitScript(recordConnections);
    const { url } = await host.createRoom();
    const ada = new Person(await context.newPage(), 'Ada');
    await ada.enter(url);

    const open = async (example: string, userName: string, button: string) => {
      const page = await context.newPage();
      await page.goto(`${examples.origin}/${example}/`);
      await page.getByLabel('Link').fill(url);
      await page.getByLabel('Name').fill(userName);
      await page.getByRole('button', { name: button }).click();
      return page;
    };
    const watcher = await open('websocket-watch', 'Wanda', 'Watch');
    await expect(watcher.getByRole('status')).toHaveText('You are watching.');
    const sharer = await open('websocket-share', 'Sherry', 'Share');
    await expect(sharer.getByRole('status')).toHaveText('You are sharing your screen.');
    const late = await open('websocket-watch', 'Lola', 'Watch');

    for (const page of [watcher, late]) {
      const screen = page.getByLabel('Sherry’s screen');
      await expect(screen).toHaveCount(1);
      await expectToGrow(page, 'framesDecoded', 10);
      await expectFrames(screen, 3);
      // Cameras are none of their business.
      await expect(page.locator('video')).toHaveCount(1);
    }
    await expectFrames(ada.video('Sherry’s screen'), 3);
    await expect(ada.tile('Wanda')).toBeVisible();

    await sharer.getByRole('button', { name: 'Stop' }).click();
    await expect(sharer.getByRole('status')).toHaveText('You have stopped sharing.');
    for (const page of [watcher, late]) await expect(page.getByLabel('Sherry’s screen')).toHaveCount(0);
    await expect(ada.tile('Sherry’s screen')).toHaveCount(0);
    await expect(ada.tile('Sherry')).toHaveCount(0);
    await expect(ada.tile('Wanda')).toBeVisible();

    await host.stop();
    await expect(watcher.getByRole('status')).toHaveText('The host has ended the meeting.');
  } finally {
    await context.close();
    await host.dispose();
  }
});
