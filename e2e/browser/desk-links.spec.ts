import { Desk } from '../fixtures/desk.ts';
import { expectFrames } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

/** Links that carry a token in the query and name no room. */
const link = (origin: string, path: string, token: string) => new URL(`${path}?token=${token}`, origin).href;

test('/dashboard and /join-video lead to the desk, and both see each other there', async ({ host, person }) => {
  const desk = await Desk.open(host);
  const doctor = await person('Dr. Okafor');
  await doctor.page.goto(link(host.url, '/dashboard', (await desk.professional()).token));
  await expect(doctor.page.getByRole('heading', { name: 'Dr. Okafor’s desk' })).toBeVisible();

  const ada = await person('Ada');
  await ada.page.goto(link(host.url, '/join-video', (await desk.client('Ada')).token));
  expect(new URL(ada.page.url()).pathname).toBe(`/desk/${desk.room.roomId}`);
  await ada.page.getByRole('button', { name: 'I am here' }).click();
  await doctor.page.getByRole('button', { name: 'Join: Ada' }).click();
  await expectFrames(doctor.video('Ada'));
  await expectFrames(ada.video('Dr. Okafor'));
  await desk.close();
});

test('a bad token shows the page of a bad link', async ({ host, person }) => {
  const desk = await Desk.open(host);
  const revoked = await desk.client('Ada');
  await desk.revoke(revoked);
  const ada = await person('Ada');
  const links = [revoked.url, ...['/join-video', '/dashboard'].map((path) => link(host.url, path, revoked.token))];
  for (const url of links) {
    await ada.page.goto('about:blank');
    await ada.page.goto(url);
    await expect(ada.page.getByRole('heading')).toHaveText('This link no longer works');
    expect(ada.page.url()).not.toContain('?');
  }
  await desk.close();
});
