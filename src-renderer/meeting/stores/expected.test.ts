/** Before one has joined. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeStream } from '../devices/testing.ts';
import { UNCLAIMED_MS } from '../policies/layers.ts';
import { People } from './people.svelte.ts';
import { Stage } from './stage.svelte.ts';
import { person, producer, sound, video } from './testing.ts';

let people: People;
let stage: Stage;
const want = vi.fn();
const own = { stream: null };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', FakeStream);
  want.mockClear();
  people = new People({ muted: false, speaking: false });
  stage = new Stage(people, own, want);
});

afterEach(() => {
  stage.stop();
  people.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const tileOf = (userId: string) => stage.tiles.find((tile) => tile.person.userId === userId);

const join = () => {
  people.reset([person('ana'), person('me')], 'me');
  stage.reset([producer('ana', 'camera'), producer('ana', 'microphone')]);
};

it('each video has a tile already, and one keeps the last place oneself', () => {
  stage.receive(video('ana-camera'));
  stage.receive(sound('ana-microphone'));
  expect(stage.tiles.map(({ stream, person: { self, name } }) => [stream !== null, self, name])).toEqual([
    [true, false, ''],
    [false, true, ''],
  ]);
});

it('that tile becomes its person’s, and one’s own stays', () => {
  stage.receive(video('ana-camera'));
  const before = [...stage.tiles];
  const { stream } = before[0] ?? {};
  join();
  expect(stage.tiles.map((tile, index) => tile === before[index])).toEqual([true, true]);
  expect(tileOf('ana')?.stream).toBe(stream);
  expect(stage.tiles.map(({ person: { name } }) => name)).toEqual(['ana', 'me']);
});

it('the size it has there says what is asked of the host, and nothing is asked twice', () => {
  stage.receive(video('ana-camera'));
  stage.tiles[0]?.shown(320, 180);
  vi.advanceTimersByTime(100);
  join();
  vi.advanceTimersByTime(UNCLAIMED_MS);
  expect(want.mock.calls).toEqual([['ana-camera', 0]]);
});

it('shows no camera that is off when one comes in', () => {
  stage.receive(video('ana-camera'));
  people.reset([person('ana'), person('me')], 'me');
  stage.reset([producer('ana', 'camera', { paused: true })]);
  expect(tileOf('ana')?.stream).toBeNull();
});

it('a shared screen turns out to be one, and a video that ended goes', () => {
  for (const id of ['ana-screen', 'bo-camera', 'cy-camera']) stage.receive(video(id));
  stage.close('cy-camera');
  expect(stage.tiles).toHaveLength(3);
  people.reset([person('ana'), person('me')], 'me');
  stage.reset([producer('ana', 'screen')]);
  expect(stage.tiles.map((tile) => [tile.person.userId, tile.stream])).toEqual([
    ['ana', null],
    ['me', null],
  ]);
  expect(stage.shares).toHaveLength(1);
});

it('a screen that is shown elsewhere now is still wanted when its first tile is gone', () => {
  stage.receive(video('ana-screen'));
  const [first] = stage.tiles;
  people.reset([person('ana'), person('me')], 'me');
  stage.reset([producer('ana', 'screen')]);
  stage.shares[0]?.shown(640, 360);
  first?.shown(0, 0);
  vi.advanceTimersByTime(UNCLAIMED_MS);
  expect(want.mock.calls).toEqual([['ana-screen', 1]]);
});

it('it is told when the first of them is there, anew for what is received anew', async () => {
  const seen = vi.fn();
  const watch = () => stage.firstPicture.then(seen);
  void watch();
  stage.receive(video('bo-camera'));
  stage.receive(video('ana-camera'));
  stage.tiles.at(-1)?.seen();
  await Promise.resolve();
  expect(seen).not.toHaveBeenCalled();
  stage.tiles[1]?.seen();
  await watch();
  expect(seen).toHaveBeenCalledTimes(2);
  stage.unready();
  void watch();
  await Promise.resolve();
  expect(seen).toHaveBeenCalledTimes(2);
});

it.each(['restarted', 'unready'] as const)('nothing stays of media that is made anew (%s)', (how) => {
  stage.receive(video('ana-camera'));
  stage[how]();
  expect(stage.tiles).toHaveLength(1);
  join();
  expect(tileOf('ana')?.stream).toBeNull();
});

it('it is complete when there is one camera of each, and it is on', () => {
  expect(stage.isCompleteFor(0)).toBe(true);
  stage.receive(sound('ana-microphone'));
  stage.receive(video('ana-camera'));
  expect([stage.isCompleteFor(1), stage.isCompleteFor(2)]).toEqual([true, false]);
  stage.receive(video('bo-screen', { layers: 1 }));
  expect(stage.isCompleteFor(2)).toBe(false);
  stage.close('bo-screen');
  stage.receive(video('bo-camera', { paused: true }));
  expect(stage.isCompleteFor(2)).toBe(false);
});
