import { chromium } from '@playwright/test';
import { RECOVERY_MS } from '../../src-shared/limits.ts';
import { expectFrames } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

test('who leaves is gone at once, and may come again', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  await expectFrames(ada.video('Grace'));
  await grace.leave();
  await expect(ada.tile('Grace')).toHaveCount(0);
  await grace.page.getByRole('button', { name: 'Join again' }).click();
  await grace.expectPreJoin();
  await grace.join();
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
});

test('who closes the page is gone at once', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  await expect(ada.tile('Grace')).toBeVisible();
  await grace.page.close({ runBeforeUnload: true });
  await expect(ada.tile('Grace')).toHaveCount(0);
});

test('who reloads the page is the same participant again', async ({ participant }) => {
  const ada = await participant('Ada');
  const grace = await participant('Grace');
  await expectFrames(ada.video('Grace'));
  await grace.page.reload();
  await grace.expectPreJoin();
  await grace.join();
  await expectFrames(ada.video('Grace'));
  await expect(ada.videos.getByRole('group', { name: 'Grace', exact: true })).toHaveCount(1);
});

test('whose browser dies is shown as lost, then gone', async ({ participant, launchOptions }) => {
  const ada = await participant('Ada');
  const server = await chromium.launchServer({ ...launchOptions, host: '127.0.0.1' });
  await participant('Grace', { in: await chromium.connect(server.wsEndpoint()) });
  await expectFrames(ada.video('Grace'));
  server.process().kill('SIGKILL');
  await expect(ada.tile('Grace').getByRole('img', { name: 'Connection lost' })).toBeVisible();
  await expect(ada.tile('Grace')).toHaveCount(0, { timeout: RECOVERY_MS + 15_000 });
});
