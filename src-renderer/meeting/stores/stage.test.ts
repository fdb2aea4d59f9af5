import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
  people.reset([person('ana'), person('me'), person('bo')], 'me');
});

afterEach(() => {
  stage.stop();
  people.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const tileOf = (userId: string) => stage.tiles.find((tile) => tile.person.userId === userId);

describe('the stage', () => {
  it('shows a camera once it is both announced and received, in whichever order', () => {
    stage.receive(video('ana-camera'));
    expect(tileOf('ana')?.stream).toBeNull();
    stage.announce(producer('ana', 'camera'));
    expect(tileOf('ana')?.stream).not.toBeNull();
    stage.announce(producer('bo', 'camera'));
    stage.receive(video('bo-camera'));
    expect(tileOf('bo')?.stream).not.toBeNull();
  });

  it('keeps each tile through everything that happens in it', () => {
    const before = tileOf('ana');
    stage.announce(producer('ana', 'camera'));
    stage.receive(video('ana-camera'));
    stage.close('ana-camera');
    people.reset([person('bo'), person('ana'), person('me')], 'me');
    expect(tileOf('ana')).toBe(before);
    expect(stage.tiles.at(-1)?.person.self).toBe(true);
  });

  it('shows no frozen picture of a camera that is off', () => {
    stage.announce(producer('ana', 'camera'));
    stage.receive(video('ana-camera'));
    stage.setPaused('ana-camera', true);
    expect(tileOf('ana')?.stream).toBeNull();
    stage.setPaused('ana-camera', false);
    expect(tileOf('ana')?.stream).not.toBeNull();
  });

  it('takes a microphone that is paused, or not there, for muted', () => {
    expect(people.find('ana')?.muted).toBe(true);
    stage.announce(producer('ana', 'microphone'));
    expect(people.find('ana')?.muted).toBe(false);
    stage.setPaused('ana-microphone', true);
    expect(people.find('ana')?.muted).toBe(true);
  });

  it('plays every sound once, under a name that stays', () => {
    stage.announce(producer('ana', 'microphone'));
    stage.receive(sound('ana-microphone'));
    const [first] = stage.sounds;
    stage.announce(producer('bo', 'screen-audio'));
    stage.receive(sound('bo-screen-audio'));
    expect(stage.sounds).toHaveLength(2);
    expect(stage.sounds[0]).toBe(first);
    stage.close('ana-microphone');
    expect(stage.sounds.map(({ id }) => id)).toEqual(['bo-screen-audio']);
  });

  it('lists shared screens in the order they began', () => {
    for (const userId of ['bo', 'ana']) {
      stage.announce(producer(userId, 'screen'));
      stage.receive(video(`${userId}-screen`));
    }
    expect(stage.shares.map(({ id }) => id)).toEqual(['bo:screen', 'ana:screen']);
    stage.close('bo-screen');
    expect(stage.shares.map(({ id }) => id)).toEqual(['ana:screen']);
  });

  it('keeps the last picture while all media is made anew, and not for ever', () => {
    for (const userId of ['ana', 'bo']) {
      stage.announce(producer(userId, 'camera'));
      stage.receive(video(`${userId}-camera`));
    }
    const frozen = tileOf('ana')?.stream;
    stage.restarted();
    expect(tileOf('ana')?.stream).toBe(frozen);
    stage.announce(producer('ana', 'camera', { producerId: 'again' }));
    expect(tileOf('ana')?.stream).toBe(frozen);
    stage.receive(video('again'));
    expect(tileOf('ana')?.stream).not.toBe(frozen);
    vi.advanceTimersByTime(5000);
    expect(tileOf('ana')?.stream).not.toBeNull();
    expect(tileOf('bo')?.stream).toBeNull();
  });

  it('gives somebody who comes their tile with their picture, or after a moment without', () => {
    for (const userId of ['cy', 'dee']) {
      stage.welcome(userId);
      people.put(person(userId));
    }
    expect([tileOf('cy'), tileOf('dee')]).toEqual([undefined, undefined]);
    stage.announce(producer('cy', 'camera'));
    stage.receive(video('cy-camera'));
    expect(tileOf('cy')?.stream).not.toBeNull();
    expect(tileOf('dee')).toBeUndefined();
    vi.advanceTimersByTime(300);
    expect(tileOf('dee')?.stream).toBeNull();
  });

  it('keeps nobody waiting for their place when it stops: the room may be entered again', () => {
    stage.welcome('cy');
    people.put(person('cy'));
    stage.stop();
    expect(tileOf('cy')).toBeDefined();
  });

  it('forgets what somebody produced who is gone when one comes back', () => {
    stage.announce(producer('ana', 'screen'));
    stage.receive(video('ana-screen'));
    stage.reset([]);
    expect(stage.shares).toEqual([]);
  });

  it('forgets who left while the connection was lost', () => {
    const before = tileOf('ana');
    stage.announce(producer('ana', 'screen'));
    stage.receive(video('ana-screen'));
    people.reset([person('me'), person('bo')], 'me');
    stage.reset([]);
    expect(stage.shares).toEqual([]);
    people.put(person('ana'));
    expect(tileOf('ana')).not.toBe(before);
  });
});

describe('what is asked of the host for a tile', () => {
  beforeEach(() => {
    stage.announce(producer('ana', 'camera'));
    stage.receive(video('ana-camera'));
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
    stage.removePerson('ana');
    people.remove('ana');
    vi.advanceTimersByTime(UNCLAIMED_MS);
    expect(want).not.toHaveBeenCalled();
  });

  it('nor for somebody who left while the connection was lost', () => {
    people.reset([person('me'), person('bo')], 'me');
    stage.reset([]);
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
