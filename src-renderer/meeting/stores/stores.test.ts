import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Participant, Producer, Source } from '../../../src-shared/protocol/index.ts';
import { FakeStream, FakeTrack } from '../devices/testing.ts';
import { UNCLAIMED_MS } from '../policies/layers.ts';
import { HOLD_MS } from '../policies/speaking.ts';
import { People } from './people.svelte.ts';
import { Stage } from './stage.svelte.ts';

const person = (userId: string, more: Partial<Participant> = {}): Participant => ({
  socketId: `socket-${userId}`,
  userId,
  userName: userId,
  role: 'participant',
  isHost: false,
  hand: false,
  connection: 'ok',
  ...more,
});

const producer = (userId: string, source: Source, more: Partial<Producer> = {}): Producer => ({
  producerId: `${userId}-${source}`,
  socketId: `socket-${userId}`,
  userId,
  userName: userId,
  kind: source.startsWith('screen-') || source === 'microphone' ? 'audio' : 'video',
  source,
  paused: false,
  ...more,
});

const track = (kind: 'audio' | 'video') =>
  new FakeTrack(kind, { deviceId: 'remote', label: 'remote' }) as unknown as MediaStreamTrack;

const video = (producerId: string) => ({ producerId, track: track('video'), layers: 3 });

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

const names = () => people.all.map(({ name }) => name);
const tileOf = (userId: string) => stage.tiles.find((tile) => tile.person.userId === userId);

describe('people', () => {
  it('keep the order they came in, oneself last', () => {
    people.put(person('cy'));
    expect(names()).toEqual(['ana', 'bo', 'cy', 'me']);
  });

  it('keep identity and place when the host tells it all again', () => {
    const before = [...people.all];
    people.reset([person('me'), person('bo', { hand: true }), person('dee'), person('ana')], 'me');
    expect(names()).toEqual(['ana', 'bo', 'dee', 'me']);
    expect(people.find('bo')).toBe(before[1]);
    expect(people.find('bo')?.hand).toBe(true);
  });

  it('speak for a moment after they were heard', () => {
    people.hear(['ana']);
    const ana = people.find('ana');
    if (ana) ana.muted = false;
    expect(ana?.speaking).toBe(true);
    vi.advanceTimersByTime(HOLD_MS + 1);
    expect(ana?.speaking).toBe(false);
  });

  it('show a reaction for a while, the last one longest', () => {
    people.react('ana', '👍');
    vi.advanceTimersByTime(3000);
    people.react('ana', '🎉');
    vi.advanceTimersByTime(3000);
    expect(people.find('ana')?.reaction).toBe('🎉');
    vi.advanceTimersByTime(1000);
    expect(people.find('ana')?.reaction).toBeNull();
  });
});

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
    stage.receive({ producerId: 'ana-microphone', track: track('audio'), layers: 1 });
    const [sound] = stage.sounds;
    stage.announce(producer('bo', 'screen-audio'));
    stage.receive({ producerId: 'bo-screen-audio', track: track('audio'), layers: 1 });
    expect(stage.sounds).toHaveLength(2);
    expect(stage.sounds[0]).toBe(sound);
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

describe('before one has joined', () => {
  beforeEach(() => {
    people = new People({ muted: false, speaking: false });
    stage = new Stage(people, own, want);
  });

  const join = () => {
    people.reset([person('ana'), person('me')], 'me');
    stage.reset([producer('ana', 'camera'), producer('ana', 'microphone')]);
  };

  it('each video has a tile already, and one keeps the last place oneself', () => {
    stage.receive(video('ana-camera'));
    stage.receive({ producerId: 'ana-microphone', track: track('audio'), layers: 1 });
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

  it.each(['restarted', 'unready'] as const)('nothing stays of media that is made anew (%s)', (how) => {
    stage.receive(video('ana-camera'));
    stage[how]();
    expect(stage.tiles).toHaveLength(1);
    join();
    expect(tileOf('ana')?.stream).toBeNull();
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
