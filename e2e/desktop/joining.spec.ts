import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildInvite, parseInvite } from '../../src-shared/invite.ts';
import type { Invite } from '../../src-shared/invite.ts';
import { fingerprintWords } from '../../src-shared/words.ts';
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
  await app.follow(named((await second.createRoom()).url));
  const home = await app.home();
  await expect(home.getByRole('alert')).toContainText('This is not the computer you were invited to');
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
  await app.arrived();
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
  await app.arrived();
});
