import { Host } from '../fixtures/host.ts';
import { expectFrames } from '../fixtures/media.ts';
import type { Person } from '../fixtures/person.ts';
import { expect, test } from '../fixtures/test.ts';

/** The longest wait between two tries to reach the host again (7 s, and its jitter), and time to come in. */
const BACK_MS = 20_000;

declare global {
  interface Window {
    /** Set in a page that must not be loaded anew. */
    theSame?: true;
  }
}

/** Somebody's line in the list of people. */
const listed = (who: Person, name: string) =>
  who.page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: name });

test('a host that is killed and started again has its meeting back, and nobody does anything', async ({ person }) => {
  test.setTimeout(180_000);
  const host = await Host.start();
  try {
    const { url } = await host.createRoom();
    const ada = await person('Ada');
    const grace = await person('Grace');
    await ada.enter(url);
    await grace.enter(url);
    await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
    await ada.openChat();
    await ada.write('Before the power cut');
    await expect(ada.message('Before the power cut')).toBeVisible();
    for (const { page } of [ada, grace]) await page.evaluate(() => (window.theSame = true));

    await host.kill();
    for (const { page } of [ada, grace]) await expect(page.getByText('Reconnecting…')).toBeVisible();
    await host.restart();
    for (const { page } of [ada, grace]) {
      await expect(page.getByText('Reconnecting…')).toHaveCount(0, { timeout: BACK_MS });
    }
    await Promise.all([expectFrames(ada.video('Grace'), 20), expectFrames(grace.video('Ada'), 20)]);
    for (const { page } of [ada, grace]) expect(await page.evaluate(() => window.theSame)).toBe(true);

    // Whoever comes now knows it from the host alone.
    const mary = await person('Mary');
    await mary.enter(url, { camera: false });
    await mary.openChat();
    await expect(mary.message('Before the power cut')).toBeVisible();
    await mary.page.getByRole('button', { name: /^People/ }).click();
    await expect(listed(mary, 'Ada')).toContainText('Host');
    await expect(listed(mary, 'Grace')).not.toContainText('Host');
    await ada.write('After it');
    await expect(grace.tile('Mary')).toBeVisible();
    await mary.openChat();
    await expect(mary.message('After it')).toBeVisible();
  } finally {
    await host.dispose();
  }
});
