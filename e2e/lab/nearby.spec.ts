/** Hosts that announce themselves, and whoever looks for them, on networks and computers of their own. */
import { expect, test } from './test.ts';
import type { Hosts } from './looking.ts';
import type { Computer } from './network.ts';
import { HEADLESS } from './parley.ts';

/** How long it may take until a host is seen, until its goodbye is, and until one has vanished, ms. */
const FOUND_MS = 2000;
const GOODBYE_MS = 2000;
const VANISHED_MS = 30_000;
/** A host looks at its addresses every 2 s, and takes what two looks have found; then it asks whether its name is free. */
const MOVED_MS = 10_000;

const are =
  (...names: string[]) =>
  (hosts: Hosts) =>
    JSON.stringify(hosts.map(({ name }) => name).toSorted()) === JSON.stringify(names.toSorted());

test('two hosts are found, and gone after a goodbye and after a power cut', async ({
  computer,
  host,
  look,
  measured,
}) => {
  const [one, other, third] = [
    await computer('10.77.0.1/24'),
    await computer('10.77.0.2/24'),
    await computer('10.77.0.3/24'),
  ];
  const desk = await host(one, 'Desk');
  const looking = look(third);
  measured('found by who begins to look', await looking.until(are('Desk'), FOUND_MS + 1000));
  const lab = await host(other, 'Lab');
  measured('found after its start', await looking.until(are('Desk', 'Lab'), FOUND_MS));
  await looking.until(
    (hosts) =>
      [desk, lab].every(({ fingerprint, url }) =>
        hosts.some((found) => found.fingerprint === fingerprint && found.origins.join() === url),
      ),
    FOUND_MS,
  );

  const goodbye = looking.until(are('Lab'), GOODBYE_MS);
  await desk.end('SIGTERM');
  measured('gone after its goodbye', await goodbye);

  const vanished = looking.until(are(), VANISHED_MS);
  await lab.end('SIGKILL');
  measured('gone after a power cut', await vanished);
});

test('a host whose address changes is found at its new one', async ({ computer, host, look, measured }) => {
  const [one, other] = [await computer('10.77.0.1/24'), await computer('10.77.0.2/24')];
  const desk = await host(one, 'Desk');
  const looking = look(other);
  await looking.until(are('Desk'), FOUND_MS + 1000);
  const moved = `https://10.77.0.99:${desk.port}`;
  const found = looking.until(([first]) => first?.origins.join() === moved, MOVED_MS);
  await one.address('del', 'eth0', '10.77.0.1/24');
  await one.address('add', 'eth0', '10.77.0.99/24');
  measured('found at its new address', await found);
  const answer = await other.ask('curl', ['-sk', '--max-time', '5', `${moved}/api/host`]);
  expect(answer).toContain(desk.fingerprint);
});

test('where there is IPv6 alone, hosts are found by it', async ({ computer, host, look, measured }) => {
  const desk = await host(await computer('fd77::1/64'), 'Desk');
  const looking = look(await computer('fd77::2/64'));
  measured('found by IPv6', await looking.until(are('Desk'), FOUND_MS + 1000));
  expect(desk.url).toBe(`https://[fd77::1]:${desk.port}`);
  await looking.until(([first]) => first?.origins.join() === desk.url, FOUND_MS);
});

test('a computer with two network cards finds the hosts of both networks', async ({
  computer,
  otherNetwork,
  host,
  look,
}) => {
  const between = await computer('10.77.0.1/24');
  await between.join(otherNetwork, 'eth1', '10.88.0.1/24');
  const far = await computer('10.77.0.9/24');
  await far.join(otherNetwork, 'eth1', '10.88.0.9/24');
  const looking = look(between);
  const desk = await host(await computer('10.77.0.2/24'), 'Desk');
  const both = await host(far, 'Both');
  await looking.until(are('Both', 'Desk'), FOUND_MS);
  await looking.until((hosts) => hosts.some(({ name, origins }) => name === 'Both' && origins.length === 2), FOUND_MS);

  const onlyFirst = look(await computer('10.77.0.3/24'));
  await onlyFirst.until(are('Both', 'Desk'), FOUND_MS + 1000);
  await onlyFirst.until(
    (hosts) =>
      hosts.some(({ name, origins }) => name === 'Both' && origins.join() === `https://10.77.0.9:${both.port}`),
    FOUND_MS,
  );
  expect(desk.url).toBe(`https://10.77.0.2:${desk.port}`);
});

test('whoever changes networks, or wakes, knows who is there now', async ({
  computer,
  otherNetwork,
  host,
  look,
  measured,
}) => {
  const laptop = await computer('10.77.0.1/24');
  const desk = await host(await computer('10.77.0.2/24'), 'Desk');
  const elsewhere = await computer();
  await elsewhere.join(otherNetwork, 'eth1', '10.88.0.2/24');
  await host(elsewhere, 'Elsewhere');
  const looking = look(laptop);
  await looking.until(are('Desk'), FOUND_MS + 1000);

  looking.process.kill('SIGSTOP');
  await desk.end('SIGKILL');
  // Longer than a busy computer holds a program up.
  await laptop.ask('sleep', ['6']);
  looking.process.kill('SIGCONT');
  measured('gone after sleep', await looking.until(are(), 8000));

  await laptop.address('del', 'eth0', '10.77.0.1/24');
  await laptop.join(otherNetwork, 'eth1', '10.88.0.1/24');
  measured('found in another network', await looking.until(are('Elsewhere'), 2 * FOUND_MS));
});

test('a host found says what its rooms let the network know', async ({ computer, host, look }) => {
  const [one, other] = [await computer('10.77.0.1/24'), await computer('10.77.0.2/24')];
  const desk = await host(one, 'Desk');
  await look(other).until(are('Desk'), FOUND_MS + 1000);
  const ask = async (computer: Computer, ...more: string[]): Promise<unknown> =>
    JSON.parse(await computer.ask('curl', ['-sk', '--max-time', '5', ...more]));
  const make = (body: object) =>
    ask(one, '-H', 'content-type: application/json', '-d', JSON.stringify(body), `${desk.url}/api/rooms`);
  expect(await ask(other, `${desk.url}/api/nearby`)).toEqual({ rooms: [] });
  await make({ hostName: 'Ada' });
  await make({ hostName: 'Bo', name: 'Lab review', settings: { nearby: 'listed' } });
  await make({ hostName: 'Cy', name: 'Secret', settings: { nearby: 'knock' } });
  const knockId = expect.stringMatching(/^[\da-f]{64}$/);
  expect(await ask(other, `${desk.url}/api/nearby`)).toEqual({
    rooms: [
      { knockId, name: 'Lab review', participants: 0, locked: false },
      { knockId, locked: false },
    ],
  });
});

test('a host that is not to be announced is not found', async ({ computer, host, look }) => {
  const [one, other] = [await computer('10.77.0.1/24'), await computer('10.77.0.2/24')];
  await host(one, 'Hidden', ['--no-announce']);
  const looking = look(other);
  // The other is found, so that one could have been.
  await host(other, 'Desk');
  await looking.until(are('Desk'), FOUND_MS + 1000);
  await expect(looking.until((hosts) => hosts.some(({ name }) => name === 'Hidden'), 3000)).rejects.toThrow(
    'not within',
  );
});

test('--list names the hosts, for people and for programs', async ({ computer, host }) => {
  const [one, other] = [await computer('10.77.0.1/24'), await computer('10.77.0.2/24')];
  expect(await other.ask(process.execPath, [HEADLESS, '--list'])).toContain('No host announces itself');
  const desk = await host(one, 'Desk');
  const text = await other.ask(process.execPath, [HEADLESS, '--list']);
  expect(text).toMatch(/^Desk \(Parley [\d.]+\)\n/);
  expect(text).toContain(desk.url);
  const lines = (await other.ask(process.execPath, [HEADLESS, '--list', '--json'])).trim().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    expect.objectContaining({
      event: 'nearby',
      name: 'Desk',
      fingerprint: desk.fingerprint,
      origins: [desk.url],
      sharesName: false,
    }),
  ]);
});
