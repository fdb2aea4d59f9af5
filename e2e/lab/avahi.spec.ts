/** Against Avahi, another implementation of DNS-SD: each must understand what the other announces. */
import { end } from './network.ts';
import { expect, test } from './test.ts';

const FINGERPRINT = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const txt = (name: string) => ['txtvers=1', `name=${name}`, 'version=9.9', `fp=${FINGERPRINT}`];

test('avahi-browse sees a host, resolves it, and sees it go', async ({ computer, host, avahi, measured }) => {
  const desk = await host(await computer('10.77.0.1/24', 'fd77::1/64'), 'Reading room');
  const stranger = await avahi(await computer('10.77.0.2/24', 'fd77::2/64'));
  await expect.poll(() => stranger.browse(), { timeout: 10_000 }).toHaveLength(2);
  for (const line of await stranger.browse()) {
    const [, card, , instance, type, domain, name, address, port, strings = ''] = line.split(';');
    expect({ card, instance, type, domain, port }).toEqual({
      card: 'eth0',
      instance: String.raw`Reading\032room`,
      type: '_parley._tcp',
      domain: 'local',
      port: String(desk.port),
    });
    expect(name).toMatch(/^parley-[\da-f]{16}\.local$/);
    expect(['10.77.0.1', 'fd77::1']).toContain(address);
    const said = strings
      .split('" "')
      .map((text) => text.replaceAll('"', ''))
      .toSorted();
    expect(said).toEqual([
      `fp=${desk.fingerprint}`,
      'name=Reading room',
      'txtvers=1',
      expect.stringMatching(/^version=[\d.]+$/),
    ]);
  }
  let left = 0;
  await stranger.untilGone(() => {
    left = performance.now();
    return desk.end('SIGTERM');
  });
  const seconds = (performance.now() - left) / 1000;
  measured('gone for Avahi after its goodbye', seconds);
  expect(seconds).toBeLessThan(2);
});

test('what avahi-publish announces is found, and gone when it ends', async ({ computer, avahi, look, measured }) => {
  const stranger = await avahi(await computer('10.77.0.2/24'));
  const looking = look(await computer('10.77.0.1/24'));
  const publishing = await stranger.publish('Stranger', 7443, txt('Dr. Stranger'));
  const found = await looking.until(
    ([host]) => host?.name === 'Dr. Stranger' && host.origins.join() === 'https://10.77.0.2:7443',
    2000,
  );
  measured('found, announced by Avahi', found);
  const gone = looking.until((hosts) => hosts.length === 0, 2000);
  await end(publishing, 'SIGTERM');
  measured('gone, said by Avahi', await gone);
});

test('a host takes another name than one that is there, and neither is taken for the other', async ({
  computer,
  host,
  avahi,
  look,
}) => {
  const stranger = await avahi(await computer('10.77.0.2/24'));
  await stranger.publish('Reading room', 7443, txt('Reading room'));
  const desk = await host(await computer('10.77.0.1/24'), 'Reading room');
  const looking = look(await computer('10.77.0.3/24'));
  await looking.until((hosts) => hosts.length === 2, 5000);
  await looking.until(
    (hosts) =>
      [desk.fingerprint, FINGERPRINT].every((key) => hosts.some((one) => one.fingerprint === key && one.sharesName)),
    2000,
  );
  const instances = (await stranger.browse()).map((line) => line.split(';')[3]);
  expect([...new Set(instances)].toSorted()).toEqual([
    String.raw`Reading\032room`,
    String.raw`Reading\032room\032\0402\041`,
  ]);
});
