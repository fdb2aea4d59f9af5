import type { Page } from '@playwright/test';
import { expectFrames } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

async function expectNoSideways(page: Page): Promise<void> {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect.poll(overflow).toBeLessThanOrEqual(0);
}

test('a meeting fits a phone, with nothing missing', async ({ host, link, person, participant }) => {
  const ada = await person('Ada', PHONE);
  await ada.page.goto(host.url);
  await expect(ada.page.getByRole('button', { name: /^Host a meeting/ })).toBeVisible();
  await expectNoSideways(ada.page);
  await ada.arrive(link);
  await expectNoSideways(ada.page);
  await expect(ada.joinButton).toBeInViewport({ ratio: 1 });
  await ada.join();
  await participant('Grace');
  await expectFrames(ada.video('Grace'), 5);
  await expectNoSideways(ada.page);
  for (const name of ['Mute', 'Stop camera', 'More', 'Leave']) {
    await expect(ada.controls.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  }
  await ada.press('More');
  await ada.page.getByRole('menuitem', { name: 'Chat' }).click();
  await ada.write('From my phone');
  await expect(ada.message('From my phone')).toBeVisible();
  await expectNoSideways(ada.page);
});

test('the host of a meeting opens the personal links on a phone', async ({ host, person }) => {
  const ada = await person('Ada', PHONE);
  await ada.page.goto(host.url);
  await ada.page.getByRole('button', { name: /^Host a meeting/ }).click();
  await ada.join();
  const sheet = ada.page.getByRole('dialog', { name: 'Your room is open' });
  await expect(sheet.getByRole('button', { name: 'Copy invitation text' })).toBeInViewport({ ratio: 1 });
  await expectNoSideways(ada.page);
  await sheet.getByRole('button', { name: 'Personal links' }).click();
  await expect(ada.page.getByRole('dialog', { name: 'Personal links' })).toBeVisible();
});
