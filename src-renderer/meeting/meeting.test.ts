import { afterEach, expect, it, vi } from 'vitest';
import type { Platform } from '../platform/index.ts';
import type { AttendanceListener } from './attendance.ts';
import { Devices } from './devices/devices.svelte.ts';
import { emptyStorage } from './devices/testing.ts';
import { Meeting } from './meeting.svelte.ts';
import * as memory from './memory/index.ts';
import { Recent } from './memory/recent.svelte.ts';
import { MeetingError } from './problem.ts';
import { ProtocolError } from '../../src-shared/protocol/index.ts';

const heard = vi.hoisted(() => ({ listener: null as AttendanceListener | null }));
vi.mock('./attendance.ts', () => ({
  Attendance: class {
    media = {};
    on = () => undefined;
    leave = () => undefined;
    constructor(_invite: object, listener: AttendanceListener) {
      heard.listener = listener;
    }
  },
}));
vi.mock('./signalling/api.ts', () => ({ hostInfo: () => Promise.reject(new Error('silent')) }));
vi.mock('./own-media.svelte.ts', () => ({
  OwnMedia: class {
    close = () => undefined;
  },
}));

const room = { origin: 'https://h:1', roomId: 'r1' };

afterEach(() => memory.ownRooms.remove(room));

function comeBack(): { recent: Recent; ended: AttendanceListener['ended'] } {
  const storage = emptyStorage();
  const recent = new Recent(() => storage);
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
