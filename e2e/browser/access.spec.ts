import type { Page } from '@playwright/test';
import { expectNoViolations } from '../fixtures/axe.ts';
import { expectFrames } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen is open to all, ${colorScheme}`, async ({ host, link, person, participant }) => {
    const ada = await person('Ada', { colorScheme });
    await ada.page.goto(host.url);
    await expect(ada.page.getByRole('button', { name: /^Host a meeting/ })).toBeVisible();
    await expectNoViolations(ada.page);

    await ada.arrive(link);
    await expectNoViolations(ada.page);

    await ada.join();
    const grace = await participant('Grace');
    await ada.openChat();
    await ada.write('Hello');
    await expect(ada.message('Hello')).toBeVisible();
    await expectFrames(ada.video('Grace'), 3);
    await expectNoViolations(ada.page);

    // Looked at for that long without a movement, the controls have faded.
    await ada.page.mouse.move(640, 360);
    await ada.page.getByRole('button', { name: 'People, 2' }).click();
    await grace.leave();
    await expectNoViolations(grace.page);
    await ada.page.goto(new URL('/r/deadbeef', host.url).href);
    await expect(ada.page.getByRole('heading', { name: 'There is no such meeting' })).toBeVisible();
    await expectNoViolations(ada.page);
  });
}

test('the keyboard alone joins, mutes, chats and leaves', async ({ link, person }) => {
  const ada = await person('Ada');
  const { keyboard } = ada.page;
  await ada.arrive(link);
  await tabTo(ada.page, 'Your name');
  await keyboard.type('Ada');
  await keyboard.press('Enter');
  await ada.expectJoined();

  await keyboard.press('m');
  await expect(ada.tile('Ada').getByRole('img', { name: 'Muted' })).toBeVisible();
  await keyboard.press('c');
  await expect(ada.chat.getByRole('textbox')).toBeFocused();
  await keyboard.type('By hand');
  await keyboard.press('Enter');
  await expect(ada.message('By hand')).toBeVisible();
  await keyboard.press('Escape');
  await expect(ada.chat).toBeHidden();
  await keyboard.press('Shift+L');
  await expect(ada.page.getByRole('heading', { name: 'You have left' })).toBeVisible();
});

/** Presses Tab until a field has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole('textbox', { name });
  for (let presses = 0; presses < 30; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${name}`);
}
