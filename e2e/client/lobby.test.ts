/** Being let into a room, or not, as the screens see it: against a real host, over real sockets. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveHost, LivePerson } from '../../src-main/host/testing.ts';
import { Devices } from '../../src-renderer/client/devices/devices.svelte.ts';
import { FakeMediaDevices, FakeStream, device, emptyStorage } from '../../src-renderer/client/devices/testing.ts';
import { Meeting } from '../../src-renderer/client/meeting.svelte.ts';
import { membershipIn } from '../../src-renderer/client/settings/stored-membership.ts';
import { RecentRooms } from '../../src-renderer/client/settings/recent-rooms.svelte.ts';
import { createInvite } from '../../src-renderer/client/signaling/invites.ts';
import type { Platform } from '../../src-renderer/platform/platform.ts';
import { MAX_PASSCODE_TRIES_PER_MINUTE } from '../../src-shared/limits.ts';
import type { CreatedRoom, RoomSettings } from '../../src-shared/protocol/index.ts';
import { hostBehindNetwork } from './host.ts';
import type { Network } from './network.ts';

vi.mock('../../src-renderer/client/media/device.ts', () => import('./device.ts'));

const WAIT = { timeout: 10_000, interval: 20 };
const OPTIONS = { timeout: 30_000 };

let live: LiveHost;
let network: Network;
let origin: string;
let room: CreatedRoom;
let host: LivePerson;
let meeting: Meeting;
let devices: Devices;
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

/** A room with these settings, and its host in it. */
async function hosted(settings: RoomSettings): Promise<void> {
  room = await live.makeRoom(settings);
  host = live.connect();
  await host.join(room.roomId, 'Grace', { token: room.hostToken });
}

/** Somebody comes by a link. @param credentials.key null: their link has none */
function arrive(credentials: { key?: string | null | undefined; token?: string } = {}): void {
  const { key = room.linkKey, token } = credentials;
  devices = new Devices();
  meeting = new Meeting({
    invite: { origin, roomId: room.roomId, ...(key != null && { key }), ...(token !== undefined && { token }) },
    devices,
    platform: { publicOrigin: null, keepAwake: () => () => undefined } as unknown as Platform,
    recent,
  });
  meeting.prepare();
}

const reach = (phase: Meeting['phase']) => vi.waitFor(() => expect(meeting.phase).toBe(phase), WAIT);

/** Somebody asks to be let in, and waits. */
async function knock(name = 'Ada'): Promise<string> {
  arrive();
  await reach('ready');
  expect([meeting.admission.needsAdmission, meeting.count]).toEqual([true, null]);
  await meeting.join(name);
  await reach('waiting');
  return waiting(name);
}

/** The id of somebody in the lobby, as their host is told it. */
async function waiting(name: string): Promise<string> {
  const told = await host.next('lobby', (lobby) => lobby.waiting.some(({ userName }) => userName === name));
  return told.waiting.find(({ userName }) => userName === name)?.userId ?? '';
}

describe('a room with a lobby', () => {
  beforeEach(() => hosted({ lobbyMode: 'everyone' }));

  it(
    'lets somebody wait, hears their line, and has them join with all their media when they are admitted',
    OPTIONS,
    async () => {
      const userId = await knock();
      expect([meeting.admission.hostPresent, meeting.people, meeting.problem]).toEqual([true, [], null]);
      await meeting.admission.write(' From the lab ');
      await host.next('lobby', ({ waiting: [ada] }) => ada?.note === 'From the lab');
      await host.ask('admit', { userId });
      await reach('joined');
      expect(meeting.people.map(({ name }) => name)).toEqual(['Grace', 'Ada']);
      await host.next('newProducer', ({ source }) => source === 'camera');
      await host.next('newProducer', ({ source }) => source === 'microphone');
      expect([meeting.admission.waitingSince, meeting.self?.role]).toEqual([null, 'participant']);
    },
  );

  it('tells somebody that they were not let in, and lets them ask again', OPTIONS, async () => {
    await host.ask('deny', { userId: await knock() });
    await reach('ended');
    expect(meeting.problem?.code).toBe('DENIED');
    expect(await knock('Ada again')).not.toBe('');
  });

  it('says when nobody is there who could let them in, and when somebody is again', OPTIONS, async () => {
    await knock();
    await host.ask('leaveRoom', {});
    await vi.waitFor(() => expect(meeting.admission.hostPresent).toBe(false), WAIT);
    await host.join(room.roomId, 'Grace', { token: room.hostToken });
    await vi.waitFor(() => expect(meeting.admission.hostPresent).toBe(true), WAIT);
    await host.ask('admit', { all: true });
    await reach('joined');
  });

  it('is asked again by itself after a lost connection, with the line that was written', OPTIONS, async () => {
    await knock();
    await meeting.admission.write('From the lab');
    await host.next('lobby', ({ waiting: [ada] }) => ada?.note !== undefined);
    const { waitingSince } = meeting.admission;
    network.cut();
    await host.next('lobby', (lobby) => lobby.waiting.length === 0);
    expect(meeting.phase).toBe('waiting');
    network.restore();
    await host.next('lobby', ({ waiting: [ada] }) => ada?.note === 'From the lab');
    expect([meeting.phase, meeting.admission.waitingSince]).toEqual(['waiting', waitingSince]);
    await host.ask('admit', { all: true });
    await reach('joined');
  });

  it('is left by whoever waits no longer, and closed with the meeting', OPTIONS, async () => {
    await knock();
    await meeting.leave();
    await host.next('lobby', (lobby) => lobby.waiting.length === 0);
    await knock();
    await host.ask('endMeeting', {});
    await reach('ended');
    expect(meeting.problem?.code).toBe('CLOSED');
  });

  it('is seen by its host, who admits and denies', OPTIONS, async () => {
    await host.ask('leaveRoom', {});
    arrive({ token: room.hostToken });
    await reach('ready');
    await meeting.join('Grace');
    await reach('joined');
    const [linus, mary] = [live.connect(), live.connect()];
    for (const [person, name] of [
      [linus, 'Linus'],
      [mary, 'Mary'],
    ] as const)
      await expect(person.join(room.roomId, name)).rejects.toMatchObject({ code: 'WAITING' });
    await vi.waitFor(
      () => expect(meeting.lobby.waiting.map(({ userName }) => userName)).toEqual(['Linus', 'Mary']),
      WAIT,
    );
    const [first, second] = meeting.lobby.waiting;
    await meeting.lobby.admit(first?.userId ?? '');
    await meeting.lobby.deny(second?.userId ?? '');
    expect((await linus.next('admitted')).role).toBe('participant');
    await mary.next('denied');
    await vi.waitFor(() => expect(meeting.lobby.waiting).toEqual([]), WAIT);
  });
});

describe('somebody removed', () => {
  beforeEach(() => hosted({ linkKey: true }));

  it('is told so, cannot come back as who they were, and asks as somebody new', OPTIONS, async () => {
    arrive();
    await reach('ready');
    await meeting.join('Ada');
    await reach('joined');
    const userId = meeting.self?.userId ?? '';
    await host.ask('removeParticipant', { userId });
    await reach('ended');
    expect(meeting.problem?.code).toBe('REMOVED');
    expect(membershipIn(room.roomId).read()).not.toBeNull();
    const again = await knock('Ada');
    expect(again).not.toBe(userId);
    await host.ask('admit', { userId: again });
    await reach('joined');
    expect(meeting.self?.userId).toBe(again);
  });
});

describe('a room with a link key', () => {
  beforeEach(() => hosted({ linkKey: true }));

  it('is entered with it, kept in the link to pass on and among the recent rooms', OPTIONS, async () => {
    arrive();
    await reach('ready');
    expect(new URL(meeting.link ?? '').hash).toContain(`k=${room.linkKey}`);
    await meeting.join('Ada');
    await reach('joined');
    await meeting.leave();
    expect(recent.rooms[0]).toMatchObject({ roomId: room.roomId, key: room.linkKey });
  });

  it.each([
    ['no key', null],
    ['another key', 'another'],
  ])('is not there for somebody with %s', OPTIONS, async (_, key) => {
    arrive({ key });
    await reach('ended');
    expect(meeting.problem?.code).toBe('NOT_FOUND');
  });

  it('is entered by a personal link without it, which does not tell it', OPTIONS, async () => {
    const held = { origin, roomId: room.roomId, hostToken: room.hostToken };
    const { token } = await createInvite(held, { role: 'participant', name: 'Ada' });
    arrive({ token, key: null });
    await reach('ready');
    await meeting.join('Ada');
    await reach('joined');
    expect(meeting.link).toBeNull();
  });

  it('keeps who is in when it gets another one, also through a lost connection and a reload', OPTIONS, async () => {
    arrive();
    await reach('ready');
    await meeting.join('Ada');
    await reach('joined');
    const { linkKey } = await host.ask('setRoom', { linkKey: true });
    expect(linkKey).not.toBe(room.linkKey);
    network.cut();
    await reach('reconnecting');
    network.restore();
    await reach('joined');
    // As after a reload: who they were is known, and the key is the old one.
    await meeting.leave();
    arrive();
    await reach('ready');
    await meeting.join('Ada');
    await reach('joined');
  });

  it('gives its host the new link at once', OPTIONS, async () => {
    await host.ask('leaveRoom', {});
    arrive({ token: room.hostToken });
    await reach('ready');
    await meeting.join('Grace');
    await reach('joined');
    await meeting.moderation.setRoom({ linkKey: true });
    const key = new URLSearchParams(new URL(meeting.link ?? '').hash.slice(1)).get('k');
    expect([key === null, key === room.linkKey]).toEqual([false, false]);
    await meeting.leave();
    arrive({ key });
    await reach('ready');
  });
});

describe('a room with a passcode', () => {
  beforeEach(() => hosted({ passcode: 'open sesame' }));

  it('asks for it, says when it is wrong, and lets in whoever knows it', OPTIONS, async () => {
    arrive();
    await reach('ready');
    expect([meeting.admission.needsPasscode, meeting.admission.wrongPasscode, meeting.problem]).toEqual([
      true,
      false,
      null,
    ]);
    await meeting.join('Ada', 'sesame');
    expect([meeting.phase, meeting.admission.wrongPasscode]).toEqual(['ready', true]);
    await meeting.join('Ada', 'open sesame');
    await reach('joined');
  });

  it('says when there were too many tries', OPTIONS, async () => {
    arrive();
    await reach('ready');
    for (let tries = 0; tries <= MAX_PASSCODE_TRIES_PER_MINUTE; tries++) await meeting.join('Ada', `guess ${tries}`);
    expect([meeting.phase, meeting.problem?.code]).toEqual(['ready', 'RATE_LIMITED']);
  });
});

describe('a locked room', () => {
  it('says so, and lets in once it is unlocked', OPTIONS, async () => {
    await hosted({ locked: true });
    arrive();
    await reach('ready');
    expect([meeting.problem?.code, meeting.room?.locked]).toEqual(['LOCKED', true]);
    await meeting.join('Ada');
    expect([meeting.phase, meeting.problem?.code]).toEqual(['ready', 'LOCKED']);
    await host.ask('setRoom', { locked: false });
    await meeting.join('Ada');
    await reach('joined');
  });
});

describe('being moderated', () => {
  it('switches off here what the host has paused, and turns nothing on', OPTIONS, async () => {
    await hosted({});
    arrive();
    await reach('ready');
    await meeting.join('Ada');
    await reach('joined');
    const userId = meeting.self?.userId ?? '';
    await host.next('newProducer', ({ source }) => source === 'microphone');
    await host.next('newProducer', ({ source }) => source === 'camera');
    await host.ask('setRoom', { permissions: { unmute: false } });
    await host.ask('muteParticipant', { userId });
    await host.ask('stopVideo', { userId });
    await vi.waitFor(() => expect([devices.microphone.on, devices.camera.on]).toEqual([false, false]), WAIT);
    expect([meeting.moderation.may('unmute'), devices.camera.track]).toEqual([false, null]);
    await host.ask('askToUnmute', { userId });
    await vi.waitFor(() => expect(meeting.moderation.notice?.kind).toBe('unmute-asked'), WAIT);
    expect([devices.microphone.on, meeting.moderation.may('unmute')]).toEqual([false, true]);
    const resumed = host.next('producerResumed');
    await devices.microphone.setOn(true);
    await resumed;
  });
});
