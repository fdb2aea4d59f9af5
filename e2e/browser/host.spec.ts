import { expectFrames } from '../fixtures/media.ts';
import { Host } from '../fixtures/host.ts';
import { expect, test } from '../fixtures/test.ts';

test('a meeting opened on the home page is joined with the link it shows', async ({ host, person }) => {
  const ada = await person('Ada');
  await ada.page.goto(host.url);
  await ada.page.getByRole('button', { name: /^Host a meeting/ }).click();
  await ada.join();
  const sheet = ada.page.getByRole('dialog', { name: 'Your room is open' });
  const link = await sheet.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link).toContain(host.fingerprint);
  await sheet.getByRole('button', { name: 'Done' }).click();

  const grace = await person('Grace');
  await grace.page.goto(host.url);
  await grace.page.getByLabel('Join with a link').fill(link);
  await grace.page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(grace.page.getByText('1 person is in the meeting')).toBeVisible();
  await grace.join();
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
});

test('a link to no meeting is explained', async ({ host, person }) => {
  const ada = await person('Ada');
  await ada.page.goto(new URL('/r/deadbeef', host.url).href);
  await expect(ada.page.getByRole('heading', { name: 'There is no such meeting' })).toBeVisible();
  await expect(ada.page.getByText('Ask the person who invited you for a new link')).toBeVisible();
});

test('a host that goes is told, and why', async ({ person }) => {
  const host = await Host.start();
  try {
    const ada = await person('Ada');
    await ada.enter((await host.createRoom()).url);
    await host.stop();
    await expect(ada.page.getByRole('heading', { name: 'The meeting has ended' })).toBeVisible();
    await expect(ada.page.getByText('The host ended it or closed Parley.')).toBeVisible();
  } finally {
    await host.dispose();
  }
});

test('a host that is cut off is looked for', async ({ person }) => {
  const host = await Host.start();
  try {
    const ada = await person('Ada');
    await ada.enter((await host.createRoom()).url);
    await host.kill();
    await expect(ada.page.getByText('Reconnecting…')).toBeVisible();
    await expect(ada.tile('Ada')).toBeVisible();
  } finally {
    await host.dispose();
  }
});
