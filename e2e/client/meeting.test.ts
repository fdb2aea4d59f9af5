/** A whole meeting as the screens see it, against a real host; WebRTC and the devices are not there, and no page is drawn. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { simulcast } from '../../src-main/host/media/testing.ts';
import type { LiveHost, LivePerson } from '../../src-main/host/testing.ts';
import { Devices } from '../../src-renderer/client/devices/devices.svelte.ts';
import { FakeMediaDevices, FakeStream, device, emptyStorage } from '../../src-renderer/client/devices/testing.ts';
import { Meeting } from '../../src-renderer/client/meeting.svelte.ts';
import * as memory from '../../src-renderer/client/settings/index.ts';
import { createInvite } from '../../src-renderer/client/signaling/invites.ts';
import { RecentRooms } from '../../src-renderer/client/settings/recent-rooms.svelte.ts';
import type { Platform } from '../../src-renderer/platform/platform.ts';
import { MAX_NAME_LENGTH } from '../../src-shared/limits.ts';
import { hostBehindNetwork } from './host.ts';
import type { Network } from './network.ts';

vi.mock('../../src-renderer/client/media/device.ts', () => import('./device.ts'));

const WAIT = { timeout: 10_000, interval: 20 };
const OPTIONS = { timeout: 30_000 };

let live: LiveHost;
let network: Network;
let origin: string;
let meeting: Meeting;
let recent: RecentRooms;

beforeAll(async () => {
  ({ live, network } = await hostBehindNetwork());
  origin = `https://127.0.0.1:${network.port}`;
});
afterAll(async () => {
  network.close();
  await live.close();
});

beforeEach(() => {
  const mediaDevices = new FakeMediaDevices([device('audioinput', 'microphone'), device('videoinput', 'camera')]);
  vi.stubGlobal('navigator', { mediaDevices });
  vi.stubGlobal('MediaStream', FakeStream);
  const storage = emptyStorage();
  recent = new RecentRooms(() => storage);
});
afterEach(async () => {
  await meeting.leave();
  network.restore();
  live.disconnectAll();
});

/** Somebody begins to prepare for a room. */
function prepare(roomId: string, token?: string): void {
  const platform = { publicOrigin: null, keepAwake: () => () => undefined } as unknown as Platform;
  meeting = new Meeting({
    invite: { origin, roomId, ...(token !== undefined && { token }) },
    devices: new Devices(),
    platform,
    recent,
  });
  meeting.prepare();
}

/** In the room, sending these pictures. */
async function someone(roomId: string, name: string, sources: readonly ('camera' | 'screen')[]): Promise<LivePerson> {
  const person = live.connect();
  await person.join(roomId, name);
  if (sources.length > 0) await person.ask('createProducerTransport', {});
  for (const source of sources) {
    const { kind, rtpParameters } = simulcast();
    await person.ask('produce', { kind, rtpParameters, source });
  }
  return person;
}

async function ready(): Promise<void> {
  await vi.waitFor(() => expect(meeting.phase).toBe('ready'), WAIT);
}

async function joined(): Promise<void> {
  await vi.waitFor(() => expect(meeting.phase).toBe('joined'), WAIT);
}

it('goes from preparing to joined, through a lost network, to its end', OPTIONS, async () => {
  const { roomId } = await live.makeRoom();
  const grace = await someone(roomId, 'Grace', []);
  prepare(roomId);
  expect([meeting.phase, meeting.joinedAt]).toEqual(['preparing', null]);
  await ready();
  expect([meeting.room?.roomId, meeting.count, meeting.self]).toEqual([roomId, 1, null]);
  const joining = meeting.join('Ada');
  expect(meeting.phase).toBe('joining');
  await joining;
  await joined();
  expect(meeting.people.map(({ name }) => name).toSorted()).toEqual(['Ada', 'Grace']);
  await grace.next('newProducer', ({ source }) => source === 'camera');
  network.cut();
  await vi.waitFor(() => expect(meeting.phase).toBe('reconnecting'), WAIT);
  network.restore();
  await joined();
  await meeting.leave();
  expect([meeting.phase, meeting.problem]).toEqual(['ended', null]);
  await grace.next('peerLeft');
  expect(recent.rooms.map((room) => room.roomId)).toEqual([roomId]);
});

it('does what nobody waits for a second after joining', OPTIONS, async () => {
  const { roomId } = await live.makeRoom();
  prepare(roomId);
  await ready();
  await meeting.join('Ada');
  await joined();
  expect([meeting.settled, recent.rooms.length]).toEqual([false, 0]);
  await vi.waitFor(() => expect(meeting.settled).toBe(true), WAIT);
  expect(recent.rooms.map((room) => room.roomId)).toEqual([roomId]);
});

it('opens no camera for somebody who leaves while the host says whom their link is for', OPTIONS, async () => {
  const { roomId, hostToken } = await live.makeRoom();
  const { token } = await createInvite({ origin, roomId, hostToken }, { role: 'participant', name: 'Ada' });
  const open = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  prepare(roomId, token);
  await meeting.leave();
  await vi.waitFor(() => expect(meeting.givenName).toBe('Ada'), WAIT);
  expect(open).not.toHaveBeenCalled();
});

describe('a room of one’s own', () => {
  /** Somebody comes back to a room they were in before. */
  const comeBack = (roomId: string): void => {
    recent.add({ roomId, name: 'Standup', hostName: null, origin, fingerprint: null, at: 1 });
    memory.ownRooms.add({ origin, roomId, hostToken: 'token', url: `${origin}/r/${roomId}` });
    prepare(roomId);
  };
  const known = (roomId: string) => [recent.rooms.length, memory.ownRooms.find({ origin, roomId }) !== null];

  it('is one whose host token is kept', OPTIONS, async () => {
    const created = await memory.ownRooms.create(origin, { hostName: 'Ada' });
    prepare(created.roomId);
    expect(memory.ownRooms.find({ origin, roomId: created.roomId })).toEqual({ ...created, origin });
    await ready();
    await meeting.join('Ada');
    await vi.waitFor(() => expect(meeting.self?.role).toBe('host'), WAIT);
  });

  it('is forgotten when its host does not know it any more', OPTIONS, async () => {
    comeBack('nowhere1');
    await vi.waitFor(() => expect(meeting.phase).toBe('ended'), WAIT);
    expect(meeting.problem?.code).toBe('NOT_FOUND');
    expect(known('nowhere1')).toEqual([0, false]);
  });

  it('is kept when its host does not answer', OPTIONS, async () => {
    const { roomId } = await live.makeRoom();
    network.cut();
    comeBack(roomId);
    await vi.waitFor(() => expect(meeting.phase).toBe('ended'), WAIT);
    expect(meeting.problem?.code).toBe('UNREACHABLE');
    expect(known(roomId)).toEqual([1, true]);
  });
});

describe('who presses Join', () => {
  it('is shown at once what they will find', OPTIONS, async () => {
    const { roomId } = await live.makeRoom();
    await someone(roomId, 'Grace', ['camera']);
    await someone(roomId, 'Linus', ['camera']);
    prepare(roomId);
    await ready();
    expect([meeting.entering, meeting.count]).toEqual([false, 2]);
    void meeting.join('Ada');
    expect([meeting.entering, meeting.phase]).toEqual([true, 'joining']);
    await joined();
    expect(meeting.entering).toBe(false);
  });

  it.each([
    ['somebody has no camera', [['camera'], []]],
    ['a screen is shared as well', [['camera', 'screen']]],
    ['nobody is there', []],
  ] as const)('sees pre-join until the host has answered when %s', OPTIONS, async (_, people) => {
    const { roomId } = await live.makeRoom();
    for (const [index, sources] of people.entries()) await someone(roomId, `person-${index}`, sources);
    prepare(roomId);
    await ready();
    void meeting.join('Ada');
    expect([meeting.entering, meeting.phase]).toEqual([false, 'joining']);
    await joined();
  });

  it('is ready again, and told why, when the host refuses', OPTIONS, async () => {
    const { roomId } = await live.makeRoom();
    await someone(roomId, 'Grace', ['camera']);
    prepare(roomId);
    await ready();
    const joining = meeting.join('x'.repeat(MAX_NAME_LENGTH + 1));
    expect(meeting.entering).toBe(true);
    await joining;
    expect([meeting.entering, meeting.phase, meeting.problem?.code]).toEqual([false, 'ready', 'BAD_REQUEST']);
    await meeting.join('Ada');
    await joined();
    expect(meeting.problem).toBeNull();
  });

  it('knows how many are in, though people have come since', OPTIONS, async () => {
    const { roomId } = await live.makeRoom();
    await someone(roomId, 'Grace', ['camera']);
    prepare(roomId);
    await ready();
    await someone(roomId, 'Linus', ['camera']);
    await vi.waitFor(() => expect(meeting.count).toBe(2), WAIT);
    void meeting.join('Ada');
    expect(meeting.entering).toBe(true);
    await joined();
  });
});
