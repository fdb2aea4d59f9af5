import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildInvite, parseInvite } from '../../src-shared/invite.ts';
import type { Invite } from '../../src-shared/invite.ts';
import { fingerprintWords } from '../../src-shared/words.ts';
import { Desk } from '../fixtures/desk.ts';
import { Host } from '../fixtures/host.ts';
import { expectFrames } from '../fixtures/media.ts';
import { Person } from '../fixtures/person.ts';
import { command, environment } from './launch.ts';
import { expect, test } from './parley.ts';

/** A link to the same room with another fingerprint in it, or none. */
function named(link: string, fingerprint?: string): string {
  const { origin, roomId } = parseInvite(link) as Invite;
  return buildInvite({ origin, roomId, ...(fingerprint !== undefined && { fingerprint }) });
}

test('a link leads to another host’s meeting', async ({ start, host, link, participant }) => {
  const grace = await participant('Grace');
  const app = await start();
  const page = await app.nextWindow(() => app.follow(named(link, host.fingerprint)));
  await expect(page.getByText('Parley has checked that this is the host in your link')).toBeVisible();
  const ada = new Person(page, 'Ada');
  await ada.join();
  await Promise.all([expectFrames(ada.video('Grace')), expectFrames(grace.video('Ada'))]);
});

test('a link without a key shows the words to compare', async ({ start, host, link }) => {
  const app = await start();
  const page = await app.nextWindow(() => app.follow(named(link)));
  await expect(page.getByText(fingerprintWords(host.fingerprint).join(' · '))).toBeVisible();
});

test('a host with another key than the link’s is refused, and why', async ({ start, host, link }) => {
  const other = await Host.start();
  const app = await start();
  await app.follow(named(link, other.fingerprint));
  const home = await app.home();
  await expect(home.getByRole('alert')).toContainText('This is not the computer you were invited to');
  expect(app.electron.windows()).toHaveLength(1);

  await app.nextWindow(() => app.follow(named(link, host.fingerprint)));
  await other.dispose();
});

test('an address that has another key than the last time is refused, and why', async ({ start }) => {
  const first = await Host.start();
  const app = await start();
  const link = named((await first.createRoom()).url);
  const page = await app.nextWindow(() => app.follow(link));
  await app.nextWindow(() => page.getByRole('button', { name: 'Home' }).click());

  const port = Number(new URL(first.url).port);
  await first.dispose();
  const second = await Host.start({ port });
  await app.follow(named((await second.createRoom()).url), { agreed: true });
  const home = await app.home();
  await expect(home.getByRole('alert')).toContainText('This is not the computer you were invited to');
  await second.dispose();
});

test('a link with a new key for a known address replaces it only when the person agrees', async ({ start }) => {
  const first = await Host.start();
  const app = await start();
  const page = await app.nextWindow(async () => app.follow(named((await first.createRoom()).url)));
  await app.nextWindow(() => page.getByRole('button', { name: 'Home' }).click());
  const port = Number(new URL(first.url).port);
  await first.dispose();

  const second = await Host.start({ port });
  const { url } = await second.createRoom();
  await app.follow(named(url, second.fingerprint), { agreed: true });
  const home = await app.home();
  const question = home.getByRole('dialog');
  await expect(question.getByRole('alert')).toContainText('This address had other words until now');
  for (const { fingerprint } of [first, second])
    for (const word of fingerprintWords(fingerprint))
      await expect(question.getByText(word, { exact: true })).toBeVisible();
  await app.nextWindow(() => app.agree(home, 'Use the new key'));
  await second.dispose();
});

test('a host that does not answer is said to be silent', async ({ start }) => {
  const gone = await Host.start();
  const link = named((await gone.createRoom()).url, gone.fingerprint);
  await gone.dispose();
  const app = await start();
  await app.follow(link);
  await expect((await app.home()).getByRole('alert')).toContainText('The host does not answer');
});

test('the app opened with a link goes there', async ({ start, host, link }) => {
  const app = await start({ args: [named(link, host.fingerprint).replace('https:', 'parley:')] });
  await app.agree(await app.home());
  await app.arrived();
});

test('a client’s link from outside sends nothing before the person agrees, and no offer before they say so', async ({
  start,
  host,
  person,
}) => {
  const desk = await Desk.open(host);
  const doctor = await person('Dr. Okafor');
  await doctor.page.goto((await desk.professional()).url);
  const expected = doctor.page.getByRole('region', { name: 'Expected' }).getByRole('listitem');
  const { url } = await desk.client('Ada');
  await expect(expected).toHaveText([/Ada/]);

  const app = await start({ args: [url.replace('https:', 'parley:')] });
  const home = await app.home();
  const question = home.getByRole('dialog');
  await expect(question.getByRole('heading', { name: `Go to ${new URL(url).host}?` })).toBeVisible();
  for (const word of fingerprintWords(host.fingerprint))
    await expect(question.getByText(word, { exact: true })).toBeVisible();
  expect(await home.evaluate(() => navigator.permissions.query({ name: 'camera' }).then(({ state }) => state))).toBe(
    'denied',
  );

  const page = await app.nextWindow(() => app.agree(home));
  await expect(page.getByRole('button', { name: 'I am here' })).toBeVisible();
  await expectFrames(page.locator('video').first(), 3);
  await expect(expected).toHaveText([/Ada.*not here yet/]);
  await page.getByRole('button', { name: 'I am here' }).click();
  await expect(doctor.page.getByRole('region', { name: 'Waiting' }).getByRole('listitem')).toHaveText([/Ada/]);
  await desk.close();
});

test('a link opened while the app runs goes to the window that is there', async ({ start, host, link, dataDir }) => {
  const app = await start();
  await app.home();
  const [program, ...args] = command();
  const second = spawn(
    program,
    [
      ...args,
      fileURLToPath(new URL('../..', import.meta.url)),
      named(link, host.fingerprint).replace('https:', 'parley:'),
    ],
    { env: await environment(dataDir), stdio: 'inherit' },
  );
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect(async () => app.agree(await app.home())).toPass();
  await app.arrived();
});
