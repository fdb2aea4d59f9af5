/** The core of a meeting between Chromium and Firefox. */
import type { Browser } from 'puppeteer-core';
import { Host } from '../fixtures/host.ts';
import { expectFrames, expectOtherConnections, expectToGrow } from '../fixtures/media.ts';
import type { Person } from '../fixtures/person.ts';
import { test as base, expect } from '../fixtures/test.ts';
import { launchFirefox } from './firefox.ts';
import { FirefoxGuest } from './guest.ts';

interface Fixtures {
  /** Somebody in Firefox, before a blank page. */
  guest: (name: string) => Promise<FirefoxGuest>;
}

const test = base.extend<Fixtures, { firefox: Browser }>({
  firefox: [
    // Playwright reads what a fixture needs from the pattern of its first parameter.
    async ({}, use) => {
      const browser = await launchFirefox();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  guest: async ({ firefox }, use, testInfo) => {
    const guests: FirefoxGuest[] = [];
    await use(async (name) => {
      const guest = await FirefoxGuest.open(firefox, name);
      guests.push(guest);
      return guest;
    });
    for (const { page, name } of guests) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach(`${name} in Firefox`, {
          body: Buffer.from(await page.screenshot()),
          contentType: 'image/png',
        });
      }
      await page.browserContext().close();
    }
  },
});

/** That each sees the other's video move, and that sound and video flow both ways. */
async function expectBothWays(chromium: Person, firefox: FirefoxGuest): Promise<void> {
  await Promise.all([
    expectFrames(chromium.video(firefox.name)),
    firefox.expectFrames(chromium.name),
    ...[chromium, firefox].flatMap(({ page }) => [
      expectToGrow(page, 'framesDecoded', 10),
      expectToGrow(page, 'audioEnergyHeard', 0),
    ]),
  ]);
}

test('each sees and hears the other, whoever comes first', async ({ participant, guest, link }) => {
  const ada = await participant('Ada');
  const frida = await guest('Frida');
  await frida.enter(link);
  await expectBothWays(ada, frida);

  await ada.leave();
  await expect.poll(() => frida.tiles()).not.toContain('Ada');
  const grace = await participant('Grace');
  await expectBothWays(grace, frida);

  await frida.leave();
  await expect(grace.tile('Frida')).toHaveCount(0);
});

test('each reads what the other writes, and sees the screen that the other shares', async ({
  participant,
  guest,
  link,
}) => {
  const ada = await participant('Ada');
  const frida = await guest('Frida');
  await frida.enter(link);
  await ada.openChat();
  await frida.press('Chat');
  await ada.write('Hello Firefox');
  await expect.poll(() => frida.chat()).toContain('Hello Firefox');
  await frida.write('Hello Chromium');
  await expect(ada.message('Hello Chromium')).toBeVisible();

  await ada.shareScreen();
  await frida.expectFrames(ada.screenOf('Ada'), 3);
  await ada.press('Stop sharing');
  await expect.poll(() => frida.tiles()).not.toContain(ada.screenOf('Ada'));

  await frida.shareScreen();
  await expectFrames(ada.video(ada.screenOf('Frida')), 3);
  await frida.press('Stop sharing');
  await expect(ada.tile(ada.screenOf('Frida'))).toHaveCount(0);
});

test('who reloads Firefox is the same participant again', async ({ participant, guest, link }) => {
  const ada = await participant('Ada');
  const frida = await guest('Frida');
  await frida.enter(link);
  await frida.press('Chat');
  await frida.write('I reload');
  await expect.poll(() => frida.chat()).toContain('I reload');
  await frida.page.reload();
  await frida.join();
  await expectBothWays(ada, frida);
  await expect(ada.tile('Frida')).toHaveCount(1);
  await frida.press('Chat');
  // Only what one wrote oneself stands under this word.
  await expect.poll(() => frida.chat()).toMatch(/You.*I reload/);
});

test('a media process that dies is replaced, and nobody reloads', async ({ person, guest }) => {
  const host = await Host.start();
  try {
    const { url } = await host.createRoom();
    const ada = await person('Ada');
    const frida = await guest('Frida');
    await ada.enter(url);
    await frida.enter(url);
    await expectBothWays(ada, frida);
    await expectOtherConnections([ada.page, frida.page], () => host.killMedia());
    await expectBothWays(ada, frida);
  } finally {
    await host.dispose();
  }
});
