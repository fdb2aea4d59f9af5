import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  MAX_PREPARED_PER_ROOM_AND_ADDRESS,
  MAX_UNREAD_BYTES,
  RECOVERY_MS,
  UNOPENED_EVENTS_MS,
} from '../../../../../src-shared/limits.ts';
import { EVENTS_CLOSED } from '../../../../../src-shared/protocol/http/media-events.ts';
import { capabilities, hostOneRoom, rtpParameters } from '../../../meeting/testing.ts';
import { Publication } from '../../../meeting/room/media/publication.ts';
import { FakeSocket, endpoints } from './attendee-testing.ts';
import { Attendees, WaitingAttendee } from './attendees.ts';
import { EventChannel } from './event-channel.ts';

const camera = { kind: 'video', type: 'camera', rtpParameters } as const;

let host: Awaited<ReturnType<typeof hostOneRoom>>;
let attendees: Attendees;

beforeEach(async () => {
  host = await hostOneRoom();
  attendees = new Attendees(host.rooms);
});

async function create(user = 'Exa') {
  const created = await attendees.create({ room: host.roomId, user }, endpoints);
  if (created instanceof WaitingAttendee) return expect.unreachable();
  const { token, userId } = created;
  return { attendee: attendees.find(token), token, userId };
}

async function enter(user = 'Exa') {
  const created = await create(user);
  const socket = new FakeSocket();
  await created.attendee.open(socket);
  return { ...created, socket };
}

const inRoom = () => host.rooms.info(host.roomId, endpoints.remoteAddress).participants;
const unauthorized = expect.objectContaining({ code: 'UNAUTHORIZED' }) as unknown;

describe('an attendee', () => {
  it('is unseen until their events are open, and so is what they send', async () => {
    const ada = await host.join('ada');
    const { attendee, userId } = await create();
    const { id } = await attendee.createProducer(camera);
    expect(inRoom()).toBe(1);
    expect(ada.connection.takeNames()).toEqual([]);

    await attendee.open(new FakeSocket());
    expect(inRoom()).toBe(2);
    const [joined, added] = ada.connection.events;
    expect(joined).toMatchObject(['peer-joined', { userId, userName: 'Exa' }, [{ producerId: id }]]);
    expect(added).toMatchObject(['newProducer', { producerId: id }]);
  });

  it('is gone when the events are not opened in time, and the token with them', async () => {
    const { token } = await create();
    host.clock.advance(UNOPENED_EVENTS_MS - 1);
    expect(attendees.find(token)).toBeDefined();
    host.clock.advance(1);
    expect(() => attendees.find(token)).toThrow(unauthorized);
    expect(host.media.calls).toContain('close');
  });

  it('may stay as long as they like once the events are open', async () => {
    const { token } = await enter();
    host.clock.advance(2 * UNOPENED_EVENTS_MS);
    expect(attendees.find(token)).toBeDefined();
  });

  it('comes back within the recovery window, and is told what they missed', async () => {
    const { attendee, socket } = await enter();
    attendee.closed(socket, false);
    const ada = await host.join('ada');
    expect(ada.answer.participants).toContainEqual(expect.objectContaining({ userName: 'Exa', connection: 'lost' }));
    host.clock.advance(RECOVERY_MS - 1);

    const back = new FakeSocket();
    await attendee.open(back);
    expect(back.names).toEqual(['userJoined']);
    host.clock.advance(RECOVERY_MS);
    await ada.leaveRoom({});
    expect(back.names).toEqual(['userJoined', 'userLeft']);
    expect(socket.names).toEqual([]);
  });

  it('who does not come back is gone', async () => {
    const { attendee, socket, token } = await enter();
    attendee.closed(socket, false);
    host.clock.advance(RECOVERY_MS);
    expect(() => attendees.find(token)).toThrow(unauthorized);
  });

  it('who says that they go is gone at once', async () => {
    const { attendee, socket, token } = await enter();
    attendee.closed(socket, true);
    expect(inRoom()).toBe(0);
    expect(() => attendees.find(token)).toThrow(unauthorized);
  });

  it('is over when too much waits for them', async () => {
    const { attendee, socket, token } = await enter();
    const full = vi.spyOn(EventChannel.prototype, 'send').mockReturnValue(false);
    const ada = await host.join('ada');
    attendee.closed(socket, false);
    await ada.produce({ kind: 'video', rtpParameters });
    full.mockRestore();
    expect(() => attendees.find(token)).toThrow(unauthorized);
    expect(inRoom()).toBe(1);
  });

  it('has a bounded queue while their events are closed', () => {
    const channel = new EventChannel();
    const event = { event: 'userLeft', user: 'x'.repeat(1000), userId: 'x' } as const;
    const bytes = JSON.stringify(event).length;
    for (let queued = bytes; queued <= MAX_UNREAD_BYTES; queued += bytes) expect(channel.send(event)).toBe(true);
    expect(channel.send(event)).toBe(false);
  });

  it('has the events open once: the later socket takes over', async () => {
    const { attendee, socket } = await enter();
    const later = new FakeSocket();
    await attendee.open(later);
    expect(socket.ended).toMatchObject({ code: EVENTS_CLOSED.replaced });
    attendee.closed(socket, false);
    await host.join('ada');
    expect(later.names).toEqual(['userJoined']);
    expect(socket.names).toEqual([]);
  });

  it('learns with which words the meeting ended', async () => {
    const { socket, token } = await enter();
    host.rooms.close('That is all.');
    expect(socket.ended).toEqual({ code: EVENTS_CLOSED.over, reason: 'That is all.' });
    expect(() => attendees.find(token)).toThrow(unauthorized);
  });

  it('begins anew when the media does: it has no call to make other transports', async () => {
    const { socket, token } = await enter();
    host.media.room.restarted();
    await Promise.resolve();
    expect(socket.ended).toMatchObject({ code: EVENTS_CLOSED.mediaRestarted });
    expect(() => attendees.find(token)).toThrow(unauthorized);
    expect(inRoom()).toBe(0);
  });

  it('of whom nothing could be made ready leaves nothing behind', async () => {
    host.media.failure = new Error('no port left');
    await expect(create()).rejects.toThrow('no port left');
    await expect(attendees.create({ room: 'elsewhere', user: 'Exa' }, endpoints)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    for (let made = 0; made < MAX_PREPARED_PER_ROOM_AND_ADDRESS; made++) await create();
    await expect(create()).rejects.toMatchObject({ code: 'LIMIT' });
  });

  it('who cannot join stays unseen and may try again', async () => {
    const { attendee, userId } = await create();
    const other = host.connect('other');
    await other.joinRoom({ roomId: host.roomId, userName: 'Other', userId });
    await expect(attendee.open(new FakeSocket())).rejects.toMatchObject({ code: 'CONFLICT' });
    await other.leaveRoom({});
    await attendee.open(new FakeSocket());
    expect(inRoom()).toBe(1);
  });
});

describe('an attendee is told', () => {
  it('who comes and goes, and what they bring', async () => {
    const { socket } = await enter();
    const other = await enter('Bo');
    expect(socket.told).toEqual([{ event: 'userJoined', user: 'Bo', userId: other.userId, producers: [] }]);
    const third = await create('Cy');
    const { id } = await third.attendee.createProducer({ ...camera, type: 'screen', paused: true });
    await third.attendee.open(new FakeSocket());
    const { userId } = third;
    const producers = [{ user: 'Cy', userId, type: 'screen', kind: 'video', id, paused: true }];
    expect(socket.told.slice(1)).toEqual([{ event: 'userJoined', user: 'Cy', userId, producers }]);
    third.attendee.leave();
    expect(socket.told.slice(2)).toEqual([
      { event: 'producerRemoved', user: 'Cy', userId, type: 'screen', id },
      { event: 'userLeft', user: 'Cy', userId },
    ]);
  });

  it('what people begin, pause, resume and end, under the name they have now', async () => {
    const { socket } = await enter();
    const ada = await host.join('ada');
    const { producerId: id } = await ada.produce({ kind: 'audio', source: 'screen-audio', rtpParameters });
    await ada.setName({ userName: 'Ada L.' });
    await ada.pauseProducer({ producerId: id });
    await ada.resumeProducer({ producerId: id });
    await ada.closeProducer({ producerId: id });
    const who = { userId: 'ada', type: 'screenAudio', id };
    expect(socket.told.slice(1)).toEqual([
      { event: 'producerAdded', user: 'ada', kind: 'audio', paused: false, ...who },
      { event: 'producerPaused', user: 'Ada L.', ...who },
      { event: 'producerResumed', user: 'Ada L.', ...who },
      { event: 'producerRemoved', user: 'Ada L.', ...who },
    ]);
  });

  it('what becomes of their own producers, whoever did it', async () => {
    const { attendee, socket, userId } = await enter();
    const { id } = await attendee.createProducer(camera);
    await attendee.handleMessage({ event: 'producerPaused', id });
    await attendee.handleMessage({ event: 'producerResumed', id });
    await attendee.handleMessage({ event: 'producerRemoved', id });
    const who = { user: 'Exa', userId, type: 'camera', id };
    expect(socket.told).toEqual([
      { event: 'producerPaused', ...who },
      { event: 'producerResumed', ...who },
      { event: 'producerRemoved', ...who },
    ]);
  });

  it('nothing of what this API has no word for', async () => {
    const { socket } = await enter();
    const ada = await host.join('ada');
    await ada.sendMessage({ roomId: host.roomId, message: 'hello' });
    await ada.raiseHand({ raised: true });
    await ada.react({ reaction: '👍' });
    expect(socket.names).toEqual(['userJoined']);
  });
});

describe('consumers', () => {
  it('flow at once, or when resumed, but not before the events are open', async () => {
    const ada = await host.join('ada');
    const flowing = await ada.produce({ kind: 'video', rtpParameters });
    const waiting = await ada.produce({ kind: 'audio', rtpParameters });
    const { attendee } = await create();
    const rtpCapabilities = capabilities;
    const first = await attendee.createConsumer({ producerId: flowing.producerId, rtpCapabilities });
    const second = await attendee.createConsumer({ producerId: waiting.producerId, rtpCapabilities, paused: true });
    expect(first).toMatchObject({ producerId: flowing.producerId, type: 'camera', paused: true });
    expect(second).toMatchObject({ producerId: waiting.producerId, type: 'microphone', paused: true });
    const paused = () => [first, second].map(({ id }) => host.media.consumers.get(id)?.paused);
    expect(paused()).toEqual([true, true]);
    await attendee.open(new FakeSocket());
    expect(paused()).toEqual([false, true]);
    await attendee.resumeConsumer({ id: second.id });
    expect(paused()).toEqual([false, false]);
  });

  it('of producers that the attendee knows are made without describing others', async () => {
    const ada = await host.join('ada');
    const [first, second] = [await ada.produce(camera), await ada.produce({ kind: 'audio', rtpParameters })];
    const described = vi.spyOn(Publication.prototype, 'describe');
    const { attendee } = await create();
    const consume = async ({ producerId }: { producerId: string }) => {
      described.mockClear();
      await attendee.createConsumer({ producerId, rtpCapabilities: capabilities });
      return described.mock.calls.length;
    };
    expect([await consume(first), await consume(second)]).toEqual([1, 1]);
    await attendee.open(new FakeSocket());
    const third = await ada.produce({ kind: 'video', source: 'screen', rtpParameters });
    expect(await consume(third)).toBe(0);
    described.mockRestore();
  });

  it('are for what others send', async () => {
    const { attendee } = await enter();
    const unknown = { producerId: crypto.randomUUID(), rtpCapabilities: capabilities };
    await expect(attendee.createConsumer(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
