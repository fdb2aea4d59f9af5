import { beforeEach, describe, expect, it } from 'vitest';
import { UNOPENED_EVENTS_MS } from '../../../../../src-shared/limits.ts';
import type { MediaInput } from '../../../../../src-shared/protocol/http/media-api.ts';
import { EVENTS_CLOSED } from '../../../../../src-shared/protocol/http/media-events.ts';
import { FakeSocket, endpoints } from './attendee-testing.ts';
import { capabilities, hostOneRoom, rtpParameters } from '../../../meeting/testing.ts';
import { Attendees, WaitingAttendee } from './attendees.ts';

const microphone = { kind: 'audio', type: 'microphone', rtpParameters } as const;
const unauthorized = expect.objectContaining({ code: 'UNAUTHORIZED' }) as unknown;
const refused = (code: string) => expect.objectContaining({ code }) as unknown;

let world: Awaited<ReturnType<typeof hostOneRoom>>;
let host: Awaited<ReturnType<typeof world.join>>;
let attendees: Attendees;

beforeEach(async () => {
  world = await hostOneRoom();
  attendees = new Attendees(world.rooms);
  host = await world.join('host', { token: world.hostToken });
});

async function create(more: Partial<MediaInput<'createAttendee'>> = {}) {
  const answer = await attendees.create({ room: world.roomId, user: 'Exa', ...more }, endpoints);
  return { waits: answer instanceof WaitingAttendee, token: answer.token, attendee: attendees.find(answer.token) };
}

async function open({ attendee }: Awaited<ReturnType<typeof create>>) {
  const socket = new FakeSocket();
  await attendee.open(socket);
  return socket;
}

const lobby = () => host.connection.told('lobby').at(-1)?.waiting ?? [];

describe('an attendee of a room with a lobby', () => {
  beforeEach(() => host.setRoom({ lobbyMode: 'everyone' }));

  it('waits with their token once the events are open, and has nothing until they are let in', async () => {
    const created = await create();
    expect(created.waits).toBe(true);
    expect(lobby()).toEqual([]);
    const socket = await open(created);
    expect(lobby()).toMatchObject([{ userName: 'Exa' }]);
    expect(socket.told).toEqual([{ event: 'waiting', hostPresent: true }]);
    const { attendee } = created;
    for (const asked of [attendee.producers(), attendee.attendees(), attendee.createProducer(microphone)]) {
      await expect(asked).rejects.toEqual(refused('WAITING'));
    }
    expect(world.rooms.participants).toBe(1);
  });

  it('is told what createAttendee would have answered once they are let in, and before anything else', async () => {
    const { producerId } = await host.produce({ kind: 'video', rtpParameters });
    const created = await create();
    const socket = await open(created);
    await host.admit({ all: true });
    const bo = await world.join('bo', {
      token: (await world.rooms.invites.create(world.roomId, { role: 'host' })).token,
    });
    await expect.poll(() => socket.names).toEqual(['waiting', 'admitted', 'userJoined']);
    expect(socket.told[1]).toMatchObject({
      token: created.token,
      routerRtpCapabilities: capabilities,
      sendTransport: {},
      recvTransport: {},
    });
    expect(bo.answer.participants).toContainEqual(expect.objectContaining({ userName: 'Exa' }));
    const { attendee } = created;
    await expect(attendee.producers()).resolves.toMatchObject({ producers: [{ id: producerId, user: 'host' }] });
    const { id } = await attendee.createProducer(microphone);
    expect(host.connection.told('newProducer')).toMatchObject([{ producerId: id }]);
  });

  it('who is turned away is told so; the token is worth nothing any more', async () => {
    const created = await create();
    const socket = await open(created);
    await host.deny({ all: true });
    expect(socket.told.at(-1)).toEqual({ event: 'denied', reason: 'Nobody let you in.' });
    expect(socket.ended).toEqual({ code: EVENTS_CLOSED.over, reason: 'Nobody let you in.' });
    expect(() => attendees.find(created.token)).toThrow(unauthorized);
  });

  it.each([
    [
      'loses the events',
      ({ attendee }: Awaited<ReturnType<typeof create>>, socket: FakeSocket) => attendee.closed(socket, false),
    ],
    [
      'closes the events',
      ({ attendee }: Awaited<ReturnType<typeof create>>, socket: FakeSocket) => attendee.closed(socket, true),
    ],
    ['leaves', ({ attendee }: Awaited<ReturnType<typeof create>>) => attendee.leave()],
  ])('who %s while they wait is gone', async (_how, go) => {
    const created = await create();
    go(created, await open(created));
    await expect(host.admit({ userId: 'anybody' })).rejects.toEqual(refused('NOT_FOUND'));
    world.clock.advance(1000);
    expect(lobby()).toEqual([]);
    expect(() => attendees.find(created.token)).toThrow(unauthorized);
  });

  it('who does not open the events in time is gone', async () => {
    const { token } = await create();
    world.clock.advance(UNOPENED_EVENTS_MS);
    expect(() => attendees.find(token)).toThrow(unauthorized);
  });

  it('does not wait with the host token', async () => {
    const created = await create({ token: world.hostToken });
    expect(created.waits).toBe(false);
    const socket = await open(created);
    expect(socket.told).toEqual([]);
    expect(world.rooms.participants).toBe(2);
  });

  it('is told when the room ends while they wait', async () => {
    const created = await create();
    const socket = await open(created);
    await host.endMeeting({});
    expect(socket.ended).toMatchObject({
      code: EVENTS_CLOSED.over,
      reason: expect.stringContaining('ended') as string,
    });
    expect(() => attendees.find(created.token)).toThrow(unauthorized);
  });
});

it('whoever had a place when the lobby was opened has to ask again, if their events were not open', async () => {
  const created = await create();
  expect(created.waits).toBe(false);
  await host.setRoom({ lobbyMode: 'everyone' });
  expect(() => attendees.find(created.token)).toThrow(unauthorized);
  const again = await create();
  expect(again.waits).toBe(true);
  await open(again);
  expect(lobby()).toMatchObject([{ userName: 'Exa' }]);
});

it('key and passcode are asked of createAttendee', async () => {
  const { linkKey: key } = await host.setRoom({ passcode: 'tulip', linkKey: true });
  await expect(create({ passcode: 'tulip' })).rejects.toEqual(refused('NOT_FOUND'));
  await expect(create({ key, passcode: 'rose' })).rejects.toMatchObject({ code: 'UNAUTHORIZED', need: 'passcode' });
  const created = await create({ key, passcode: 'tulip' });
  await open(created);
  expect(world.rooms.participants).toBe(2);
});

it('who is removed is told so; the token is worth nothing any more', async () => {
  const created = await create();
  const socket = await open(created);
  const { userId } = host.connection.told('peer-joined').at(-1) ?? { userId: '' };
  await host.removeParticipant({ userId });
  expect(socket.ended).toEqual({ code: EVENTS_CLOSED.over, reason: 'You have been removed from this meeting.' });
  expect(() => attendees.find(created.token)).toThrow(unauthorized);
  expect(world.rooms.participants).toBe(1);
});

it('whose microphone is muted by the host is told so, and may be asked to turn it on', async () => {
  const created = await create();
  const socket = await open(created);
  const { id } = await created.attendee.createProducer(microphone);
  const { userId } = host.connection.told('peer-joined').at(-1) ?? { userId: '' };
  await host.setRoom({ permissions: { unmute: false } });
  await host.muteParticipant({ userId });
  expect(socket.told).toMatchObject([
    { event: 'mutedByHost', type: 'microphone' },
    { event: 'producerPaused', id },
  ]);
  const resume = () => created.attendee.handleMessage({ event: 'producerResumed', id });
  await expect(resume()).rejects.toEqual(refused('FORBIDDEN'));
  await host.askToUnmute({ userId });
  await resume();
  expect(socket.names.slice(2)).toEqual(['unmuteAsked', 'producerResumed']);
});
