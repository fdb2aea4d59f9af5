import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
  participants.reset([person('ana'), person('me'), person('bo')], 'me');
});

afterEach(() => {
  tiles.stop();
  participants.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const tileOf = (userId: string) => tiles.all.find((tile) => tile.person.userId === userId);

describe('the stage', () => {
  it('shows a camera once it is both announced and received, in whichever order', () => {
    tiles.receive(video('ana-camera'));
    expect(tileOf('ana')?.stream).toBeNull();
    tiles.announce(producer('ana', 'camera'));
    expect(tileOf('ana')?.stream).not.toBeNull();
    tiles.announce(producer('bo', 'camera'));
    tiles.receive(video('bo-camera'));
    expect(tileOf('bo')?.stream).not.toBeNull();
  });

  it('keeps each tile through everything that happens in it', () => {
    const before = tileOf('ana');
    tiles.announce(producer('ana', 'camera'));
    tiles.receive(video('ana-camera'));
    tiles.close('ana-camera');
    participants.reset([person('bo'), person('ana'), person('me')], 'me');
    expect(tileOf('ana')).toBe(before);
    expect(tiles.all.at(-1)?.person.self).toBe(true);
  });

  it('shows no frozen picture of a camera that is off', () => {
    tiles.announce(producer('ana', 'camera'));
    tiles.receive(video('ana-camera'));
    tiles.setPaused('ana-camera', true);
    expect(tileOf('ana')?.stream).toBeNull();
    tiles.setPaused('ana-camera', false);
    expect(tileOf('ana')?.stream).not.toBeNull();
  });

  it('takes a microphone that is paused, or not there, for muted', () => {
    expect(participants.find('ana')?.muted).toBe(true);
    tiles.announce(producer('ana', 'microphone'));
    expect(participants.find('ana')?.muted).toBe(false);
    tiles.setPaused('ana-microphone', true);
    expect(participants.find('ana')?.muted).toBe(true);
  });

  it('plays every sound once, under a name that stays', () => {
    tiles.announce(producer('ana', 'microphone'));
    tiles.receive(sound('ana-microphone'));
    const [first] = tiles.sounds;
    tiles.announce(producer('bo', 'screen-audio'));
    tiles.receive(sound('bo-screen-audio'));
    expect(tiles.sounds).toHaveLength(2);
    expect(tiles.sounds[0]).toBe(first);
    tiles.close('ana-microphone');
    expect(tiles.sounds.map(({ id }) => id)).toEqual(['bo-screen-audio']);
  });

  it('lists shared screens in the order they began', () => {
    for (const userId of ['bo', 'ana']) {
      tiles.announce(producer(userId, 'screen'));
      tiles.receive(video(`${userId}-screen`));
    }
    expect(tiles.shares.map(({ id }) => id)).toEqual(['bo:screen', 'ana:screen']);
    tiles.close('bo-screen');
    expect(tiles.shares.map(({ id }) => id)).toEqual(['ana:screen']);
  });

  it('keeps the last picture while all media is made anew, and not for ever', () => {
    for (const userId of ['ana', 'bo']) {
      tiles.announce(producer(userId, 'camera'));
      tiles.receive(video(`${userId}-camera`));
    }
    const frozen = tileOf('ana')?.stream;
    tiles.restarted();
    expect(tileOf('ana')?.stream).toBe(frozen);
    tiles.announce(producer('ana', 'camera', { producerId: 'again' }));
    expect(tileOf('ana')?.stream).toBe(frozen);
    tiles.receive(video('again'));
    expect(tileOf('ana')?.stream).not.toBe(frozen);
    vi.advanceTimersByTime(5000);
    expect(tileOf('ana')?.stream).not.toBeNull();
    expect(tileOf('bo')?.stream).toBeNull();
  });

  it('gives somebody who comes their tile with their picture, or after a moment without', () => {
    for (const userId of ['cy', 'dee']) {
      tiles.awaitPicture(userId);
      participants.put(person(userId));
    }
    expect([tileOf('cy'), tileOf('dee')]).toEqual([undefined, undefined]);
    tiles.announce(producer('cy', 'camera'));
    tiles.receive(video('cy-camera'));
    expect(tileOf('cy')?.stream).not.toBeNull();
    expect(tileOf('dee')).toBeUndefined();
    vi.advanceTimersByTime(300);
    expect(tileOf('dee')?.stream).toBeNull();
  });

  it('keeps nobody waiting for their place when it stops: the room may be entered again', () => {
    tiles.awaitPicture('cy');
    participants.put(person('cy'));
    tiles.stop();
    expect(tileOf('cy')).toBeDefined();
  });

  it('forgets what somebody produced who is gone when one comes back', () => {
    tiles.announce(producer('ana', 'screen'));
    tiles.receive(video('ana-screen'));
    tiles.reset([]);
    expect(tiles.shares).toEqual([]);
  });

  it('forgets who left while the connection was lost', () => {
    const before = tileOf('ana');
    tiles.announce(producer('ana', 'screen'));
    tiles.receive(video('ana-screen'));
    participants.reset([person('me'), person('bo')], 'me');
    tiles.reset([]);
    expect(tiles.shares).toEqual([]);
    participants.put(person('ana'));
    expect(tileOf('ana')).not.toBe(before);
  });
});

describe('what is asked of the host for a tile', () => {
  beforeEach(() => {
    tiles.announce(producer('ana', 'camera'));
    tiles.receive(video('ana-camera'));
  });

  it('follows its size once that has settled', () => {
    for (const width of [300, 310, 320]) {
      tileOf('ana')?.shown(width, width / 2);
      vi.advanceTimersByTime(50);
    }
    expect(want).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(want.mock.calls).toEqual([['ana-camera', 0]]);
  });

  it('is nothing when nobody shows it', () => {
    vi.advanceTimersByTime(UNCLAIMED_MS);
    expect(want.mock.calls).toEqual([['ana-camera', 'nothing']]);
  });

  it('is asked no more for somebody who has left', () => {
    tiles.removePerson('ana');
    participants.remove('ana');
    vi.advanceTimersByTime(UNCLAIMED_MS);
    expect(want).not.toHaveBeenCalled();
  });

  it('nor for somebody who left while the connection was lost', () => {
    participants.reset([person('me'), person('bo')], 'me');
    tiles.reset([]);
    vi.advanceTimersByTime(UNCLAIMED_MS);
    expect(want).not.toHaveBeenCalled();
  });

  it('is a picture at once when it is shown again', () => {
    tileOf('ana')?.shown(0, 0);
    vi.advanceTimersByTime(UNCLAIMED_MS);
    tileOf('ana')?.shown(1280, 720);
    expect(want).toHaveBeenLastCalledWith('ana-camera', 2);
  });
});

it('shows the latest screen of somebody, though an earlier one has not ended', () => {
  tiles.announce(producer('ana', 'screen'));
  tiles.receive(video('ana-screen'));
  const [{ stream: frozen } = { stream: null }] = tiles.shares;
  tiles.announce(producer('ana', 'screen', { producerId: 'again' }));
  tiles.receive(video('again'));
  expect(tiles.shares).toHaveLength(1);
  expect(tiles.shares[0]?.stream).not.toBe(frozen);
  tiles.close('ana-screen');
  expect(tiles.shares).toHaveLength(1);
});

it('takes about four times as long to join four times as many', () => {
  vi.useRealTimers();
  const joining = (count: number): number => {
    const ids = Array.from({ length: count }, (_, index) => `person-${index}`);
    const everybody = new Participants({ muted: false, speaking: false });
    const crowd = new Tiles(everybody, own, want);
    const begun = performance.now();
    everybody.reset([...ids.map((id) => person(id)), person('me')], 'me');
    crowd.reset(ids.flatMap((id) => [producer(id, 'camera'), producer(id, 'microphone')]));
    for (const id of ids) crowd.receive(sound(`${id}-microphone`));
    const took = performance.now() - begun;
    crowd.stop();
    everybody.close();
    return took;
  };
  const fastest = (count: number) => Math.min(...Array.from({ length: 5 }, () => joining(count)));
  fastest(50);
  // Each person again for each other would be 16 times, and for each two others 64.
  expect(fastest(240) / fastest(60)).toBeLessThan(12);
});
