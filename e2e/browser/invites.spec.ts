import type { Page } from '@playwright/test';
import { expectFrames } from '../fixtures/media.ts';
import type { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

declare global {
  interface Window {
    /** What was copied last: a page may write to the clipboard, and not read it. */
    copied: string;
  }
}

/** Opens a room at home, and the sheet with its personal links. */
async function openLinks(host: Person, url: string): Promise<Page> {
  const { page } = host;
  await page.addInitScript(() => {
    const { clipboard } = navigator;
    const write = clipboard.writeText.bind(clipboard);
    clipboard.writeText = (text) => {
      window.copied = text;
      return write(text);
    };
  });
  await page.goto(url);
  await page.getByRole('button', { name: /^Host a meeting/ }).click();
  await host.join();
  await page.getByRole('dialog', { name: 'Your room is open' }).getByRole('button', { name: 'Personal links' }).click();
  return page;
}

/** Makes a link for somebody, as its host does. */
async function linkFor(page: Page, name: string, role: string): Promise<string> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('radio', { name: role }).check({ force: true });
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByRole('button', { name: `Copy the link for ${name}` }).click();
  const copied = () => page.evaluate(() => window.copied);
  await expect.poll(copied).toMatch(/^https:/);
  return copied();
}

test('a personal link gives a name and a role, and can be withdrawn', async ({ host, person }) => {
  const ada = await person('Ada');
  const page = await openLinks(ada, host.url);
  const link = await linkFor(page, 'Grace Hopper', 'Co-host');

  const grace = await person('Grace Hopper');
  await grace.arrive(link);
  await expect(grace.page.getByLabel('Your name')).toHaveValue('Grace Hopper');
  await grace.joinButton.click();
  await grace.expectJoined();
  await Promise.all([expectFrames(ada.video('Grace Hopper')), expectFrames(grace.video('Ada'))]);

  await page.getByRole('button', { name: 'Withdraw the link for Grace Hopper' }).click();
  await expect(page.getByText(/· withdrawn$/)).toBeVisible();
  await expectFrames(ada.video('Grace Hopper'));
  await grace.leave();
  await grace.page.goto('about:blank');
  await grace.page.goto(link);
  await expect(grace.page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

test('who is invited to watch sees everyone, is asked for no camera, and is not seen', async ({ host, person }) => {
  const ada = await person('Ada');
  const page = await openLinks(ada, host.url);
  const link = await linkFor(page, 'Mary', 'Viewer');

  const mary = await person('Mary');
  await mary.page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('nobody should ask'));
  });
  await mary.arrive(link);
  await expect(mary.page.getByText('nobody sees or hears you')).toBeVisible();
  await mary.joinButton.click();
  await expectFrames(mary.video('Ada'));
  await expect(mary.controls.getByRole('button')).toHaveCount(3);
  await expect(ada.tile('Mary')).toBeAttached();
  await expect(ada.video('Mary')).toBeHidden();
});
