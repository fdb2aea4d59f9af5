import { once } from 'node:events';
import { expectFrames } from '../fixtures/media.ts';
import { expect, test } from './parley.ts';

test('a meeting is hosted from the window, and a guest’s browser joins it', async ({ start, person }) => {
  const app = await start();
  const { person: ada, link } = await app.host('Ada');
  expect(link).toMatch(/^https:\/\/.+\/r\/\w+#k=[\w-]+&fp=[\w-]{43}$/);

  const grace = await person('Grace');
  await grace.enter(link);
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
  await expect(grace.tile('Ada')).toBeVisible();
});

test('the host leaves and comes back, and the meeting goes on', async ({ start, person }) => {
  const app = await start();
  const { person: ada, link } = await app.host('Ada');
  const grace = await person('Grace');
  await grace.enter(link);

  await ada.leave();
  const home = await app.nextWindow(() => ada.page.getByRole('banner').getByRole('button', { name: 'Home' }).click());
  await expect(grace.tile('Ada')).toBeHidden();

  const back = await app.nextWindow(() => home.getByRole('button', { name: /^Back to your meeting/ }).click());
  await expect(back.getByLabel('Your name')).toHaveValue('Ada');
  await back.getByRole('button', { name: /^Join/ }).click();
  await expect(grace.tile('Ada')).toBeVisible();
});

test('a desk is opened from the window, and a client’s browser comes to it', async ({ start, person }) => {
  const app = await start();
  const home = await app.home();
  const page = await app.nextWindow(() => home.getByRole('button', { name: /^Open a desk/ }).click());
  await page.getByRole('button', { name: 'New appointment' }).click();
  await page.getByLabel('Client’s name').fill('Ada');
  await page.getByLabel('Subject').fill('Check-up');
  await page.keyboard.press('Enter');
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  await page.keyboard.press('Escape');

  const ada = await person('Ada');
  await ada.page.goto(link);
  await ada.page.getByRole('button', { name: 'I am here' }).click();
  await page.getByRole('button', { name: 'Join: Ada' }).click();
  await Promise.all([page, ada.page].map((window) => expectFrames(window.locator('video').first())));
});

test('quitting asks for how many the meeting ends, and tells them', async ({ start, person }) => {
  const app = await start();
  const { link } = await app.host('Ada');
  const grace = await person('Grace');
  await grace.enter(link);

  await app.answerDialogs(1);
  await app.quit();
  await expect.poll(() => app.questions()).toEqual(['End the meeting for 1 other person?']);
  await expectFrames(grace.video('Ada'));

  await app.answerDialogs(0);
  const exit = once(app.electron.process(), 'exit');
  await app.quit();
  await expect(grace.page.getByRole('heading', { name: 'The meeting has ended' })).toBeVisible();
  expect(await exit).toEqual([0, null]);
});

test('with nobody else in it asks nothing', async ({ start }) => {
  const app = await start();
  await app.host('Ada');
  const exit = once(app.electron.process(), 'exit');
  await app.quit();
  expect(await exit).toEqual([0, null]);
});
