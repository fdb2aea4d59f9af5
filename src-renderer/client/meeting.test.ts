import { toStore } from 'svelte/store';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Platform } from '../platform/index.ts';
import type { RoomSessionListener } from './session/room-session.ts';
import { Devices } from './devices/devices.svelte.ts';
import { FakeStream, emptyStorage } from './devices/testing.ts';
import { Meeting } from './meeting.svelte.ts';
import * as memory from './settings/index.ts';
import { RecentRooms } from './settings/recent-rooms.svelte.ts';
import { MeetingError } from './problem.ts';
import { video } from './state/testing.ts';
import { ProtocolError } from '../../src-shared/protocol/index.ts';

const heard = vi.hoisted(() => ({
  listener: null as RoomSessionListener | null,
  joining: Promise.withResolvers<undefined>(),
  roomInfo: vi.fn<() => Promise<unknown>>(),
}));
vi.mock('./session/room-session.ts', () => ({
  RoomSession: class {
    media = { want: () => undefined };
    on = () => undefined;
    join = () => heard.joining.promise;
    leave = () => undefined;
    constructor(_invite: object, listener: RoomSessionListener) {
      heard.listener = listener;
    }
  },
}));
vi.mock('./signaling/api.ts', () => ({
  hostInfo: () => Promise.reject(new Error('silent')),
  roomInfo: heard.roomInfo,
}));
vi.mock('./media/local-media.svelte.ts', () => ({
  LocalMedia: class {
    close = () => undefined;
  },
}));

const room = { origin: 'https://h:1', roomId: 'r1' };

afterEach(() => memory.ownRooms.remove(room));

function comeBack(): { recent: RecentRooms; ended: RoomSessionListener['ended'] } {
  const storage = emptyStorage();
  const recent = new RecentRooms(() => storage);
  recent.add({ roomId: 'r1', name: 'Standup', hostName: null, origin: 'https://h:1', fingerprint: null, at: 1 });
  memory.ownRooms.add({ ...room, hostToken: 'token', url: 'https://h:1/r/r1' });
  const devices = new Devices();
  vi.spyOn(devices, 'open').mockResolvedValue(undefined);
  const meeting = new Meeting({ invite: room, devices, platform: {} as Platform, recent });
  meeting.prepare();
  return { recent, ended: (problem) => heard.listener?.ended(problem) };
}

it('forgets a room that its host does not know any more', () => {
  const { recent, ended } = comeBack();
  ended(new ProtocolError('NOT_FOUND', 'There is no such meeting.'));
  expect(recent.rooms).toEqual([]);
  expect(memory.ownRooms.find(room)).toBeNull();
});

it('keeps a room whose host does not answer', () => {
  const { recent, ended } = comeBack();
  ended(new MeetingError('UNREACHABLE', 'The host does not answer.'));
  expect(recent.rooms).toHaveLength(1);
  expect(memory.ownRooms.find(room)).not.toBeNull();
});

describe('who presses Join', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('MediaStream', FakeStream);
    heard.joining = Promise.withResolvers();
    heard.roomInfo.mockReset();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** At the door of a meeting of so many, of whom so many can be seen. */
  function atTheDoor({ participants, seen }: { participants: number; seen: number }) {
    const devices = new Devices();
    vi.spyOn(devices, 'open').mockResolvedValue(undefined);
    const meeting = new Meeting({ invite: room, devices, platform: {} as Platform });
    meeting.prepare();
    const { listener } = heard;
    if (!listener) throw new Error('Nobody attends');
    const { roomId } = room;
    const access = { locked: false, lobby: false, passcode: false };
    listener.found({ roomId, name: 'Standup', ...access, participants, routerRtpCapabilities: {} });
    const receive = (producerId: string, more = {}) => void listener.received([video(producerId, more)]);
    for (let index = 0; index < seen; index++) receive(`camera-${index}`);
    listener.ready(null);
    return { meeting, listener, receive };
  }

  it('is shown what is received before it may flow', async () => {
    const { meeting, listener } = atTheDoor({ participants: 1, seen: 0 });
    const shown: number[] = [];
    const unsubscribe = toStore(() => meeting.tiles.length).subscribe((tiles) => shown.push(tiles));
    await listener.received([video('camera')]);
    unsubscribe();
    expect(shown).toEqual([1, 2]);
  });

  it('is shown at once what they will find, and told the rest when the first picture is there', () => {
    const { meeting, listener } = atTheDoor({ participants: 2, seen: 2 });
    expect(meeting.entering).toBe(false);
    void meeting.join('Ana');
    expect(meeting.entering).toBe(true);
    expect(listener.admitted()).toBeInstanceOf(Promise);
    listener.lost();
    expect([meeting.entering, listener.admitted()]).toEqual([false, null]);
  });

  it.each([
    ['somebody has no camera', { participants: 3, seen: 2 }],
    ['a screen is shared as well', { participants: 1, seen: 2 }],
    ['nobody is there', { participants: 0, seen: 0 }],
  ])('sees pre-join until the host has answered when %s', (_, there) => {
    const { meeting, listener } = atTheDoor(there);
    void meeting.join('Ana');
    expect([meeting.entering, listener.admitted()]).toEqual([false, null]);
  });

  it('sees pre-join again when the host takes long', () => {
    const { meeting, listener } = atTheDoor({ participants: 1, seen: 1 });
    void meeting.join('Ana');
    vi.advanceTimersByTime(299);
    expect(meeting.entering).toBe(true);
    vi.advanceTimersByTime(1);
    expect([meeting.entering, listener.admitted()]).toEqual([false, null]);
  });

  it('goes on seeing the room when the host has answered, and the picture takes long', () => {
    const { meeting, listener } = atTheDoor({ participants: 1, seen: 1 });
    void meeting.join('Ana');
    void listener.admitted();
    vi.advanceTimersByTime(1000);
    expect(meeting.entering).toBe(true);
  });

  it('sees pre-join again when the host refuses', async () => {
    const { meeting } = atTheDoor({ participants: 1, seen: 1 });
    const joining = meeting.join('Ana');
    heard.joining.reject(new ProtocolError('FULL', 'The meeting is full.'));
    await joining;
    expect([meeting.entering, meeting.phase, meeting.problem?.code]).toEqual([false, 'ready', 'FULL']);
  });

  it('knows how many are in, though people have come since', async () => {
    const { meeting, receive } = atTheDoor({ participants: 1, seen: 1 });
    heard.roomInfo.mockResolvedValue({ participants: 2 });
    receive('came-later');
    await vi.advanceTimersByTimeAsync(500);
    expect(heard.roomInfo).toHaveBeenCalledOnce();
    void meeting.join('Ana');
    expect([meeting.count, meeting.entering]).toEqual([2, true]);
  });
});
