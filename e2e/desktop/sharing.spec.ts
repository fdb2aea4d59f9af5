import type { Page } from '@playwright/test';
import { expectFrames } from '../fixtures/media.ts';
import { expect, test } from './parley.ts';

const picker = (page: Page) => page.getByRole('dialog', { name: 'Share your screen' });

test('a window is picked by its picture, and the guest sees it', async ({ start, person }) => {
  const app = await start();
  const { person: ada, link } = await app.host('Ada');
  const grace = await person('Grace');
  await grace.enter(link);

  await ada.press('Share screen');
  const window = picker(ada.page).getByRole('list').last().getByRole('listitem').first();
  await expect(window.locator('img')).toBeVisible();
  await window.click();
  await expect(window.getByRole('radio')).toBeChecked();
  await picker(ada.page).getByRole('button', { name: 'Share window' }).click();
  await expect(picker(ada.page)).toBeHidden();
  await expectFrames(grace.video(grace.screenOf('Ada')), 3);
  await ada.press('Stop sharing');
  await expect(grace.tile(grace.screenOf('Ada'))).toBeHidden();
});

test('a pick is cancelled, and nothing is shared', async ({ start }) => {
  const app = await start();
  const { person: ada } = await app.host('Ada');
  for (const cancel of ['Cancel', 'Close']) {
    await ada.press('Share screen');
    await picker(ada.page).getByRole('button', { name: cancel, exact: true }).click();
    await expect(picker(ada.page)).toBeHidden();
  }
  await ada.press('Share screen');
  await expect(picker(ada.page)).toBeVisible();
  await ada.page.keyboard.press('Escape');
  await expect(picker(ada.page)).toBeHidden();
  await expect(ada.controls.getByRole('button', { name: 'Share screen' })).toBeEnabled();
});
