import { beforeEach, expect, it, vi } from 'vitest';
import { MAX_NEARBY_ROOMS_SHOWN } from '../../../src-shared/limits.ts';
import { FakeClock } from '../../host/meeting/testing.ts';
import type { PinnedRequest } from '../trust/pinned-request.ts';
import { ASK_AGAIN_MS, ASKED_AT_ONCE, NearbyRooms } from './nearby-rooms.ts';

const host = (letter: string, ...origins: string[]) => ({
  fingerprint: letter.repeat(43),
  origins: origins.length > 0 ? origins : ['https://10.0.0.2:7443'],
});
const room = (knockId: string) => ({ knockId, name: 'Morning round', participants: 4, locked: false });

let clock: FakeClock;
let answers: Record<string, unknown>;
const request = vi.fn(({ origin }: PinnedRequest) => {
  const body = answers[origin];
  return body === undefined ? Promise.reject(new Error('unreachable')) : Promise.resolve({ status: 200, body });
});
let rooms: NearbyRooms;

beforeEach(() => {
  vi.clearAllMocks();
  clock = new FakeClock();
  answers = { 'https://10.0.0.2:7443': { rooms: [room('k1')] } };
  rooms = new NearbyRooms({ request, clock });
});

/** What is known once those asked have answered. */
async function known(...hosts: ReturnType<typeof host>[]) {
  rooms.of(hosts);
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return [...rooms.of(hosts).values()];
}

it('asks a host for its rooms, at the address where it has its key', async () => {
  expect(await known(host('A', 'https://10.0.0.9:7443', 'https://10.0.0.2:7443'))).toEqual([[room('k1')]]);
  expect(request.mock.calls.map(([{ origin, fingerprint, path }]) => [origin, fingerprint[0], path])).toEqual([
    ['https://10.0.0.9:7443', 'A', '/api/nearby'],
    ['https://10.0.0.2:7443', 'A', '/api/nearby'],
  ]);
});

it('asks again when the answer is old, and meanwhile keeps it', async () => {
  await known(host('A'));
  clock.advance(ASK_AGAIN_MS - 1);
  await known(host('A'));
  expect(request).toHaveBeenCalledTimes(1);
  clock.advance(1);
  answers = { 'https://10.0.0.2:7443': { rooms: [] } };
  expect([...rooms.of([host('A')]).values()]).toEqual([[room('k1')]]);
  expect(await known(host('A'))).toEqual([[]]);
});

it.each([
  ['does not answer', undefined],
  ['answers with something else', { rooms: [{ name: 'no id' }] }],
  ['is older', { error: { code: 'NOT_FOUND', message: 'This host has no such call.' } }],
])('knows no rooms of a host that %s', async (_what, body) => {
  answers = { 'https://10.0.0.2:7443': body };
  expect(await known(host('A'))).toEqual([null]);
});

it('takes so many rooms of a host', async () => {
  expect(MAX_NEARBY_ROOMS_SHOWN).toBe(20);
  answers = { 'https://10.0.0.2:7443': { rooms: Array.from({ length: 30 }, (_, index) => room(`k${index}`)) } };
  expect((await known(host('A')))[0]).toHaveLength(20);
});

it('asks so many at the same time, and each in its turn', async () => {
  const all = 'ABCDEFGHIJ'.split('').map((letter) => host(letter));
  rooms.of(all);
  rooms.of(all);
  expect(request).toHaveBeenCalledTimes(ASKED_AT_ONCE);
  for (let round = 0; round < 3; round++) await known(...all);
  expect(new Set(request.mock.calls.map(([{ fingerprint }]) => fingerprint)).size).toBe(10);
});

it('forgets hosts that have gone', async () => {
  await known(host('A'));
  rooms.of([]);
  expect([...rooms.of([host('A')]).values()]).toEqual([null]);
  expect(request).toHaveBeenCalledTimes(2);
});
