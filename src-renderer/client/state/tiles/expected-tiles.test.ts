/** Before one has joined. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeStream } from '../../devices/testing.ts';
import { UNCLAIMED_MS } from '../../media/layer-policy.ts';
import { Participants } from '../participants/participants.svelte.ts';
import { Tiles } from './tiles.svelte.ts';
import { person, producer, sound, video } from '../testing.ts';

let participants: Participants;
let tiles: Tiles;
const want = vi.fn();
const own = { stream: null };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', FakeStream);
  want.mockClear();
  participants = new Participants({ muted: false, speaking: false });
  tiles = new Tiles(participants, own, want);
});

afterEach(() => {
  tiles.stop();
  participants.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const tileOf = (userId: string) => tiles.all.find((tile) => tile.person.userId === userId);

const join = () => {
  participants.reset([person('ana'), person('me')], 'me');
  tiles.reset([producer('ana', 'camera'), producer('ana', 'microphone')]);
};

it('each video has a tile already, and one keeps the last place oneself', () => {
  tiles.receive(video('ana-camera'));
  tiles.receive(sound('ana-microphone'));
  expect(tiles.all.map(({ stream, person: { self, name } }) => [stream !== null, self, name])).toEqual([
    [true, false, ''],
    [false, true, ''],
  ]);
});

it('that tile becomes its person’s, and one’s own stays', () => {
  tiles.receive(video('ana-camera'));
  const before = [...tiles.all];
  const { stream } = before[0] ?? {};
  join();
  expect(tiles.all.map((tile, index) => tile === before[index])).toEqual([true, true]);
  expect(tileOf('ana')?.stream).toBe(stream);
  expect(tiles.all.map(({ person: { name } }) => name)).toEqual(['ana', 'me']);
});

it('the size it has there says what is asked of the host, and nothing is asked twice', () => {
  tiles.receive(video('ana-camera'));
  tiles.all[0]?.shown(320, 180);
  vi.advanceTimersByTime(100);
  join();
  vi.advanceTimersByTime(UNCLAIMED_MS);
  expect(want.mock.calls).toEqual([['ana-camera', 0]]);
});

it('shows no camera that is off when one comes in', () => {
  tiles.receive(video('ana-camera'));
  participants.reset([person('ana'), person('me')], 'me');
  tiles.reset([producer('ana', 'camera', { paused: true })]);
  expect(tileOf('ana')?.stream).toBeNull();
});

it('a shared screen turns out to be one, and a video that ended goes', () => {
  for (const id of ['ana-screen', 'bo-camera', 'cy-camera']) tiles.receive(video(id));
  tiles.close('cy-camera');
  expect(tiles.all).toHaveLength(3);
  participants.reset([person('ana'), person('me')], 'me');
  tiles.reset([producer('ana', 'screen')]);
  expect(tiles.all.map((tile) => [tile.person.userId, tile.stream])).toEqual([
    ['ana', null],
    ['me', null],
  ]);
  expect(tiles.shares).toHaveLength(1);
});

it('a screen that is shown elsewhere now is still wanted when its first tile is gone', () => {
  tiles.receive(video('ana-screen'));
  const [first] = tiles.all;
  participants.reset([person('ana'), person('me')], 'me');
  tiles.reset([producer('ana', 'screen')]);
  tiles.shares[0]?.shown(640, 360);
  first?.shown(0, 0);
  vi.advanceTimersByTime(UNCLAIMED_MS);
  expect(want.mock.calls).toEqual([['ana-screen', 1]]);
});

it('it is told when the first of them is there, anew for what is received anew', async () => {
  const seen = vi.fn();
  const watch = () => tiles.firstPicture.then(seen);
  void watch();
  tiles.receive(video('bo-camera'));
  tiles.receive(video('ana-camera'));
  tiles.all.at(-1)?.seen();
  await Promise.resolve();
  expect(seen).not.toHaveBeenCalled();
  tiles.all[1]?.seen();
  await watch();
  expect(seen).toHaveBeenCalledTimes(2);
  tiles.unready();
  void watch();
  await Promise.resolve();
  expect(seen).toHaveBeenCalledTimes(2);
});

it.each(['restarted', 'unready'] as const)('nothing stays of media that is made anew (%s)', (how) => {
  tiles.receive(video('ana-camera'));
  tiles[how]();
  expect(tiles.all).toHaveLength(1);
  join();
  expect(tileOf('ana')?.stream).toBeNull();
});

it('it is complete when there is one camera of each, and it is on', () => {
  expect(tiles.isCompleteFor(0)).toBe(true);
  tiles.receive(sound('ana-microphone'));
  tiles.receive(video('ana-camera'));
  expect([tiles.isCompleteFor(1), tiles.isCompleteFor(2)]).toEqual([true, false]);
  tiles.receive(video('bo-screen', { layers: 1 }));
  expect(tiles.isCompleteFor(2)).toBe(false);
  tiles.close('bo-screen');
  tiles.receive(video('bo-camera', { paused: true }));
  expect(tiles.isCompleteFor(2)).toBe(false);
});
