import { beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../host/meeting/testing.ts';
import { NearbyHosts, UNASKED_MS } from './nearby.ts';

const [OWN, KNOWN, NEW] = ['O', 'K', 'N'].map((letter) => letter.repeat(43)) as [string, string, string];
const host = (name: string, fingerprint: string) => ({
  name,
  version: '1',
  fingerprint,
  origins: ['https://10.0.0.2:7443', 'https://[fd00::2]:7443'],
  sharesName: false,
});

let clock: FakeClock;
let allowed: boolean;
const close = vi.fn(() => Promise.resolve());
const browse = vi.fn(() =>
  Promise.resolve({ hasNetwork: true, hosts: [host('own', OWN), host('known', KNOWN), host('new', NEW)], close }),
);
let nearby: NearbyHosts;

beforeEach(() => {
  vi.clearAllMocks();
  clock = new FakeClock();
  allowed = true;
  nearby = new NearbyHosts({
    browse,
    mayLook: () => allowed,
    own: () => OWN,
    isKnown: (fingerprint) => fingerprint === KNOWN,
    rooms: { of: () => new Map([[KNOWN, [{ knockId: 'k', locked: true }]]]) },
    clock,
  });
});

it('lists the others, with their words and whether they are known by their key', async () => {
  const list = await nearby.list();
  expect(list?.hasNetwork).toBe(true);
  expect(list?.hosts.map(({ name, known, addresses }) => [name, known, addresses[1]])).toEqual([
    ['known', true, '[fd00::2]:7443'],
    ['new', false, '[fd00::2]:7443'],
  ]);
  expect(list?.hosts[0]?.words).toHaveLength(6);
  expect(list?.hosts.map(({ rooms }) => rooms)).toEqual([[{ knockId: 'k', locked: true }], null]);
});

it('looks as long as it is asked, and begins again', async () => {
  for (let second = 0; second < 20; second++) {
    await nearby.list();
    clock.advance(UNASKED_MS - 1);
  }
  expect(browse).toHaveBeenCalledOnce();
  expect(close).not.toHaveBeenCalled();
  clock.advance(1);
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
  await nearby.list();
  expect(browse).toHaveBeenCalledTimes(2);
});

it('does not look if the person does not want it, also from now on', async () => {
  await nearby.list();
  allowed = false;
  expect(await nearby.list()).toBeNull();
  expect(close).toHaveBeenCalledOnce();
  clock.advance(10 * UNASKED_MS);
  expect(browse).toHaveBeenCalledOnce();
});
