/** What Meeting owes the screen in one turn of the page; all else is in e2e/client, against a real host. */
import { toStore } from 'svelte/store';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Platform } from '../platform/index.ts';
import { Devices } from './devices/devices.svelte.ts';
import { FakeStream } from './devices/testing.ts';
import { Meeting } from './meeting.svelte.ts';
import type { RoomSessionListener } from './session/room-session-listener.ts';
import { video } from './state/testing.ts';

const heard = vi.hoisted(() => ({ listener: null as RoomSessionListener | null }));
vi.mock('./session/room-session.ts', () => ({
  RoomSession: class {
    state = 'ready';
    media = { want: () => undefined, send: () => Promise.resolve() };
    on = () => undefined;
    join = () => new Promise(() => undefined);
    constructor(_invite: object, listener: RoomSessionListener) {
      heard.listener = listener;
    }
  },
}));

vi.mock('./signaling/api.ts', () => ({ hostInfo: () => Promise.reject(new Error('There is no host.')) }));

beforeEach(() => vi.stubGlobal('MediaStream', FakeStream));
afterEach(() => vi.unstubAllGlobals());

/** Ready to join a meeting of one, who is seen. */
function ready() {
  const devices = new Devices();
  vi.spyOn(devices, 'open').mockResolvedValue(undefined);
  const room = { origin: 'https://127.0.0.1:1', roomId: 'r1' };
  const meeting = new Meeting({ invite: room, devices, platform: {} as Platform });
  meeting.prepare();
  const { listener } = heard;
  if (!listener) throw new Error('There is no session.');
  const access = { locked: false, lobby: false, passcode: false };
  listener.found({ ...access, roomId: 'r1', name: 'Standup', participants: 1, routerRtpCapabilities: {} });
  void listener.received([video('camera')]);
  return { meeting, listener };
}

it('shows what is received before it may flow', async () => {
  const { meeting, listener } = ready();
  const shown: number[] = [];
  const unsubscribe = toStore(() => meeting.tiles.length).subscribe((tiles) => shown.push(tiles));
  await listener.received([video('another')]);
  unsubscribe();
  // Its own tile, and those of two others.
  expect(shown).toEqual([2, 3]);
});

it('lets what is told wait for the first picture where the room is seen already, and only there', () => {
  const { meeting, listener } = ready();
  void meeting.join('Ana');
  expect(meeting.entering).toBe(true);
  expect(listener.admitted()).toBeInstanceOf(Promise);
  listener.lost();
  expect([meeting.entering, listener.admitted()]).toEqual([false, null]);
});
