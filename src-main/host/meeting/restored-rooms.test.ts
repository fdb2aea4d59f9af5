import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  ATTENDANCE_BATCH_MS,
  EMPTY_ROOM_MS,
  MAX_SCHEDULE_AHEAD_MS,
  MAX_SCHEDULED_ROOMS_PER_HOST,
  RECOVERY_MS,
  RESTORED_ROOM_MS,
  SCHEDULED_ROOM_MS,
  SWEEP_MS,
} from '../../../src-shared/limits.ts';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { openMemory } from '../store/open.ts';
import { storeOn } from '../store/index.ts';
import { FakeClock, FakeConnection, FakeMedia, freshMemory, hostOneRoom, networkOf, operationsOf } from './testing.ts';
import { Rooms } from './rooms.ts';

type First = Awaited<ReturnType<typeof hostOneRoom>>;

const hosts: Rooms[] = [];
afterEach(() => {
  for (const rooms of hosts.splice(0)) rooms.close('The test is over.');
});

/** The host is killed, and another process begins with what it has left. */
async function restart({ store, tokens, log, roomId }: First, { failing = false } = {}) {
  const clock = new FakeClock();
  const media = new FakeMedia();
  if (failing) media.openRoom = () => Promise.reject(new ProtocolError('FULL', 'No room.'));
  const rooms = new Rooms({ media, store, tokens, clock, log, addressKey: networkOf });
  hosts.push(rooms);
  await rooms.restore();
  const join = async (
    userName: string,
    more: { sessionToken?: string; token?: string; userId?: string; roomId?: string } = {},
  ) => {
    const connection = new FakeConnection(`socket-of-${userName}-${crypto.randomUUID()}`);
    const session = rooms.connect(connection);
    const answer = await operationsOf(session).joinRoom({ roomId, userName, ...more });
    return { connection, session, ...operationsOf(session), answer };
  };
  return { clock, media, rooms, join };
}

const sessionOf = ({ answer }: { answer: { sessionToken: string } }) => ({ sessionToken: answer.sessionToken });

describe('a host that was killed', () => {
  it('has its rooms back: name, host token, userIds, roles and chat, private messages too', async () => {
    const first = await hostOneRoom();
    const { join, roomId, hostToken } = first;
    const ada = await join('ada', { token: hostToken });
    const bo = await join('bo');
    const cy = await join('cy');
    await ada.sendMessage({ roomId, message: 'hello' });
    await ada.sendMessage({ roomId, message: 'psst', to: 'bo' });

    const again = await restart(first);
    expect(again.rooms.info(roomId, '192.0.2.1')).toMatchObject({ name: "Ada's meeting", participants: 0 });
    const adaAgain = await again.join('ada', sessionOf(ada));
    const boAgain = await again.join('bo', sessionOf(bo));
    const cyAgain = await again.join('cy', sessionOf(cy));
    expect(adaAgain.answer).toMatchObject({ userId: 'ada', role: 'host', ...sessionOf(ada) });
    expect(boAgain.answer).toMatchObject({ userId: 'bo', role: 'participant' });
    expect(boAgain.answer.messages.map(({ message }) => message)).toEqual(['hello', 'psst']);
    expect(cyAgain.answer.messages.map(({ message }) => message)).toEqual(['hello']);
    expect(() => again.rooms.requireHost(roomId, hostToken)).not.toThrow();
    expect(() => again.rooms.requireHost(roomId, 'guess')).toThrow(ProtocolError);
    await expect(again.join('dee', { token: hostToken })).resolves.toMatchObject({ answer: { role: 'host' } });
  });

  it('keeps host for the one who held it, for a recovery window from the first return', async () => {
    const first = await hostOneRoom();
    const ada = await first.join('ada');
    const bo = await first.join('bo');
    const again = await restart(first);
    const boAgain = await again.join('bo', sessionOf(bo));
    expect(boAgain.answer.role).toBe('participant');
    again.clock.advance(RECOVERY_MS - 1);
    const adaAgain = await again.join('ada', sessionOf(ada));
    expect(adaAgain.answer.role).toBe('host');
    again.clock.advance(RECOVERY_MS * 2);
    expect(boAgain.connection.told('participantUpdated')).toEqual([]);
  });

  it('then makes the next one host', async () => {
    const first = await hostOneRoom();
    const ada = await first.join('ada');
    const bo = await first.join('bo');
    const again = await restart(first);
    const boAgain = await again.join('bo', sessionOf(bo));
    await again.join('new');
    again.clock.advance(RECOVERY_MS);
    expect(boAgain.connection.told('participantUpdated').map(({ participant }) => participant)).toEqual([
      expect.objectContaining({ userId: 'bo', role: 'host' }),
    ]);
    expect((await again.join('ada', sessionOf(ada))).answer.role).toBe('participant');
    const third = await restart(first);
    expect((await third.join('ada', sessionOf(ada))).answer.role).toBe('participant');
    expect((await third.join('bo', sessionOf(bo))).answer.role).toBe('host');
  });

  it('gives host to who holds the host token, without waiting', async () => {
    const first = await hostOneRoom();
    const ada = await first.join('ada');
    const bo = await first.join('bo');
    const again = await restart(first);
    const boAgain = await again.join('bo', { ...sessionOf(bo), token: first.hostToken });
    expect(boAgain.answer.role).toBe('host');
    expect((await again.join('ada', sessionOf(ada))).answer.role).toBe('participant');
  });

  it('waits for the people of an open meeting, then ends it', async () => {
    const first = await hostOneRoom();
    await first.join('ada');
    const again = await restart(first);
    again.clock.advance(RESTORED_ROOM_MS - 1);
    expect(again.rooms.info(first.roomId, '192.0.2.1').roomId).toBe(first.roomId);
    again.clock.advance(1);
    expect(() => again.rooms.info(first.roomId, '192.0.2.1')).toThrow(ProtocolError);
    expect(first.store.rooms.open()).toEqual([]);
  });

  it('goes on without a room whose media cannot be opened, and has it back the next time', async () => {
    const first = await hostOneRoom();
    const ada = await first.join('ada');
    const again = await restart(first, { failing: true });
    expect(() => again.rooms.info(first.roomId, '192.0.2.1')).toThrow(ProtocolError);
    expect(first.warnings).toEqual(['A meeting could not be opened again']);
    const third = await restart(first);
    expect((await third.join('ada', sessionOf(ada))).answer.role).toBe('host');
  });

  it('knows until when people were in, to the last sweep', async () => {
    const first = await hostOneRoom();
    const began = first.clock.now();
    const ada = await first.join('ada');
    first.clock.advance(SWEEP_MS * 3);
    const again = await restart(first);
    expect(first.store.attendance.of(first.roomId)).toEqual([
      { userId: 'ada', userName: 'ada', joinedAt: began, lastSeenAt: began + SWEEP_MS * 3, present: false },
    ]);
    await again.join('ada', sessionOf(ada));
    again.clock.advance(ATTENDANCE_BATCH_MS);
    expect(first.store.attendance.of(first.roomId)).toHaveLength(2);
  });
});

describe('a host that ends', () => {
  it('ends its meetings for good, but keeps those that are scheduled', async () => {
    const first = await hostOneRoom();
    const { join, rooms, clock, roomId } = first;
    const planned = await rooms.create({ hostName: 'Ada', startsAt: clock.now() + 60_000 });
    await join('ada');
    const bo = await join('bo', { roomId: planned.roomId });
    await bo.sendMessage({ roomId: planned.roomId, message: 'agenda' });
    rooms.close('The host has closed.');
    expect(bo.connection.told('roomClosed')).toHaveLength(1);

    const again = await restart(first);
    expect(() => again.rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
    expect(first.store.attendance.of(roomId)).toHaveLength(1);
    const boAgain = await again.join('bo', { roomId: planned.roomId, ...sessionOf(bo) });
    expect(boAgain.answer.messages).toMatchObject([{ message: 'agenda' }]);
    expect(boAgain.answer.role).toBe('host');
    expect(() => again.rooms.requireHost(planned.roomId, planned.hostToken)).not.toThrow();
  });
});

describe('a host that could not start after all', () => {
  it('leaves every meeting to the next try', async () => {
    const first = await hostOneRoom();
    const ada = await first.join('ada');
    const failed = await restart(first);
    failed.rooms.close('The port is in use.', { forGood: false });
    expect(failed.media.open).toBe(0);
    const again = await restart(first);
    expect((await again.join('ada', sessionOf(ada))).answer).toMatchObject({ userId: 'ada', role: 'host' });
  });
});

describe('a scheduled room', () => {
  it('waits for its people before and after, for long but not for ever', async () => {
    const { rooms, clock, join } = await hostOneRoom();
    const startsAt = clock.now() + 60 * 60_000;
    const { roomId } = await rooms.create({ hostName: 'Ada', startsAt });
    clock.advance(EMPTY_ROOM_MS * 2);
    const ada = await join('ada', { roomId });
    await ada.leaveRoom({});
    const bo = await join('bo', { roomId });
    bo.session.lost();
    clock.advance(RECOVERY_MS * 10);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(0);
    clock.sleep(startsAt + SCHEDULED_ROOM_MS - clock.now() - SWEEP_MS);
    clock.advance(SWEEP_MS - 1);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(0);
    clock.advance(SWEEP_MS);
    expect(() => rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
  });

  it('whose media cannot be made again is there when this computer next hosts', async () => {
    const first = await hostOneRoom();
    const { roomId } = await first.rooms.create({ hostName: 'Ada', startsAt: first.clock.now() });
    first.media.room.failed();
    expect(() => first.rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
    const again = await restart(first);
    expect(again.rooms.info(roomId, '192.0.2.1').roomId).toBe(roomId);
  });

  it('is planned for a time that can come', async () => {
    const { rooms, clock } = await hostOneRoom();
    const startsAt = clock.now() + MAX_SCHEDULE_AHEAD_MS;
    await expect(rooms.create({ hostName: 'Ada', startsAt: startsAt + 1 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(rooms.create({ hostName: 'Ada', startsAt })).resolves.toHaveProperty('roomId');
  });

  it('leaves space for meetings that start now', async () => {
    const { rooms, clock } = await hostOneRoom();
    const startsAt = clock.now();
    const planned = Array.from({ length: MAX_SCHEDULED_ROOMS_PER_HOST }, () =>
      rooms.create({ hostName: 'Ada', startsAt }),
    );
    await Promise.all(planned);
    await expect(rooms.create({ hostName: 'Ada', startsAt })).rejects.toMatchObject({ code: 'FULL' });
    await expect(rooms.create({ hostName: 'Ada' })).resolves.toHaveProperty('roomId');
  });
});

describe('an id one has chosen for a room', () => {
  it('is taken, unless there is or was one of that name', async () => {
    const { rooms, join } = await hostOneRoom();
    const asked = [rooms.create({ hostName: 'A', roomId: 'mine' }), rooms.create({ hostName: 'B', roomId: 'mine' })];
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const ada = await join('ada', { roomId: 'mine' });
    await expect(rooms.create({ hostName: 'B', roomId: 'mine' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(ada.answer.room).toMatchObject({ roomId: 'mine', name: "A's meeting" });
    rooms.close('Over.');
    const other = await hostOneRoom();
    await expect(other.rooms.create({ hostName: 'B', roomId: 'mine' })).resolves.toMatchObject({ roomId: 'mine' });
  });
});

describe('a userId that someone else asks for in the meantime', () => {
  it('stays with the one who comes back, who keeps their role and private messages', async () => {
    const { join, roomId } = await hostOneRoom();
    const host = await join('host');
    const ada = await join('ada');
    await host.sendMessage({ roomId, message: 'psst', to: 'ada' });
    await ada.leaveRoom({});
    const impostor = await join('ada');
    expect(impostor.answer.messages).toEqual([]);
    const again = await join('ada', sessionOf(ada));
    expect(again.answer).toMatchObject({ role: 'participant', ...sessionOf(ada) });
    expect(impostor.answer.userId).not.toBe('ada');
    expect(again.answer.userId).toBe('ada');
    expect(again.answer.messages).toMatchObject([{ message: 'psst' }]);
    expect(impostor.connection.told('removed')).toEqual([]);
  });
});

describe('a full disk', () => {
  async function hostOnOwnDisk() {
    const sqlite = openMemory();
    onTestFinished(() => sqlite.close());
    return { sqlite, ...(await hostOneRoom({ ...freshMemory(), store: storeOn(sqlite) })) };
  }

  it('is answered to who writes, and nobody is told what is not kept', async () => {
    const { join, roomId, sqlite, rooms, clock } = await hostOnOwnDisk();
    const ada = await join('ada');
    const bo = await join('bo');
    sqlite.exec('PRAGMA max_page_count = 1');
    const message = 'x'.repeat(4000);
    const burst = async () => {
      for (let index = 0; index < 50; index++) {
        await ada.sendMessage({ roomId, message });
        clock.advance(1000);
      }
    };
    await expect(burst()).rejects.toMatchObject({ code: 'FULL' });
    const told = bo.connection.told('newMessage').length;
    await expect(ada.sendMessage({ roomId, message })).rejects.toBeInstanceOf(ProtocolError);
    expect(bo.connection.told('newMessage')).toHaveLength(told);
    const late = new FakeConnection('late');
    const joining = async () => {
      for (let index = 0; index < 100; index++) {
        await operationsOf(rooms.connect(late)).joinRoom({ roomId, userName: 'x'.repeat(60) });
      }
    };
    await expect(joining()).rejects.toMatchObject({ code: 'FULL' });
    const present = (await ada.describeParticipants({})).participants.length;
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(present);

    sqlite.exec('PRAGMA max_page_count = 1000000');
    expect(await ada.sendMessage({ roomId, message })).toHaveProperty('messageId');
    expect(bo.connection.told('newMessage')).toHaveLength(told + 1);
  });

  it('keeps nobody from leaving, and ends nothing: it is only noted', async () => {
    const { join, roomId, store, rooms, warnings, clock } = await hostOnOwnDisk();
    const ada = await join('ada');
    const bo = await join('bo');
    const full = () => {
      throw new ProtocolError('FULL', 'Full.');
    };
    Object.assign(store.attendance, { end: full });
    Object.assign(store.memberships, { setRole: full });
    Object.assign(store.rooms, { end: full });
    await ada.leaveRoom({});
    expect(bo.connection.takeNames()).toEqual(['peerLeft', 'participantUpdated']);
    await bo.leaveRoom({});
    clock.advance(RECOVERY_MS);
    expect(() => rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
    expect(new Set(warnings)).toEqual(new Set(['What this host keeps could not be read or written']));
  });
});
