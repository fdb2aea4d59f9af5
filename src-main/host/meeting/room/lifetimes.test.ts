import { describe, expect, it } from 'vitest';
import {
  EMPTY_ROOM_MS,
  MAX_ROOMS_FROM_ELSEWHERE,
  MAX_ROOMS_PER_HOST,
  MAX_SCHEDULED_ROOMS_FROM_ELSEWHERE,
  RECOVERY_MS,
} from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { capabilities, hostOneRoom, rtpParameters } from '../testing.ts';

const camera = { kind: 'video', rtpParameters } as const;

describe('a room', () => {
  it('has an id of 8 characters and a name from its host', async () => {
    const { rooms, roomId } = await hostOneRoom();
    expect(roomId).toMatch(/^[0-9a-f]{8}$/);
    expect(rooms.info(roomId, '192.0.2.1')).toEqual({
      roomId,
      name: "Ada's meeting",
      locked: false,
      lobby: false,
      lobbyMode: 'off',
      passcode: false,
      linkKey: false,
      permissions: { share: true, chat: true, react: true, unmute: true, rename: true, record: true, sendFiles: true },
      participants: 0,
      routerRtpCapabilities: capabilities,
    });
  });

  it('waits 15 minutes for its first person', async () => {
    const { clock, rooms, media, roomId } = await hostOneRoom();
    clock.advance(EMPTY_ROOM_MS - 1);
    expect(rooms.info(roomId, '192.0.2.1').roomId).toBe(roomId);
    clock.advance(1);
    expect(() => rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
    expect(media.open).toBe(0);
  });

  it('is not kept waiting by people who only prepare, and tells them of its end', async () => {
    const { clock, prepare } = await hostOneRoom();
    const user = await prepare('guest');
    clock.advance(EMPTY_ROOM_MS);
    expect(user.connection.told('roomClosed')).toEqual([{ reason: 'Nobody came.' }]);
  });

  it('ends when the last has left and nobody came back in a recovery window', async () => {
    const { clock, join, rooms, roomId } = await hostOneRoom();
    const ada = await join('ada');
    await ada.leaveRoom({});
    clock.advance(RECOVERY_MS - 1);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(0);
    clock.advance(1);
    expect(() => rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
  });

  it('is found again by someone alone who loads the page anew', async () => {
    const { clock, join, rooms, roomId } = await hostOneRoom();
    const ada = await join('ada');
    await ada.leaveRoom({});
    clock.advance(RECOVERY_MS - 1);
    await join('ada');
    clock.advance(EMPTY_ROOM_MS);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(1);
  });

  it('emptied by lost connections waits for its people as long as for its first ones', async () => {
    const { clock, join, rooms, roomId } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    ada.session.lost();
    clock.advance(RECOVERY_MS / 2);
    bo.session.lost();
    expect(rooms.participants).toBe(2);
    clock.advance(RECOVERY_MS - 1);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(1);
    expect(rooms.participants).toBe(1);
    clock.advance(EMPTY_ROOM_MS);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(0);
    clock.advance(1);
    expect(() => rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
  });

  it('outlives a first join that could not be completed', async () => {
    const { join, media, rooms, roomId, clock } = await hostOneRoom();
    media.failure = new ProtocolError('MEDIA_RESTARTING', 'Wait.');
    await expect(join('ada', { rtpCapabilities: capabilities, transports: true })).rejects.toMatchObject({
      code: 'MEDIA_RESTARTING',
    });
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(0);
    clock.advance(EMPTY_ROOM_MS);
    expect(() => rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
  });

  it('keeps room for those who sit at the host, whoever else makes some', async () => {
    const { rooms, clock } = await hostOneRoom();
    const outsider = { hostName: 'Eve', fromElsewhere: true };
    const startsAt = clock.now();
    for (let made = 0; made < MAX_SCHEDULED_ROOMS_FROM_ELSEWHERE; made++) {
      await rooms.create({ ...outsider, startsAt });
    }
    await expect(rooms.create({ ...outsider, startsAt })).rejects.toMatchObject({ code: 'FULL' });
    await rooms.create({ hostName: 'Ada', startsAt });
    for (let made = MAX_SCHEDULED_ROOMS_FROM_ELSEWHERE + 2; made < MAX_ROOMS_FROM_ELSEWHERE; made++) {
      await rooms.create(outsider);
    }
    await expect(rooms.create(outsider)).rejects.toMatchObject({ code: 'FULL' });
    await rooms.create({ hostName: 'Ada' });
  });

  it('is one of a bounded number', async () => {
    const { rooms } = await hostOneRoom();
    const creating = Array.from({ length: MAX_ROOMS_PER_HOST }, () => rooms.create({ hostName: 'Bo' }));
    const results = await Promise.allSettled(creating);
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'FULL' }) as unknown },
    ]);
  });
});

it('closing tells everyone why and ends every room', async () => {
  const { join, prepare, rooms, media, roomId } = await hostOneRoom();
  const ada = await join('ada');
  const user = await prepare('guest');
  rooms.close('The host has closed.');
  for (const { connection } of [ada, user]) {
    expect(connection.told('roomClosed')).toEqual([{ reason: 'The host has closed.' }]);
  }
  expect(media.open).toBe(0);
  expect(() => rooms.info(roomId, '192.0.2.1')).toThrow(ProtocolError);
  await expect(rooms.create({ hostName: 'Ada' })).rejects.toMatchObject({ code: 'NOT_HOSTING' });
});

describe('a lost connection', () => {
  it('keeps membership and media, marked lost, until it is back', async () => {
    const { clock, join, media } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const { producerId } = await ada.produce(camera);
    bo.connection.takeNames();
    ada.session.lost();
    expect(bo.connection.told('participantUpdated').at(-1)?.participant).toMatchObject({
      userId: 'ada',
      connection: 'lost',
    });
    clock.advance(RECOVERY_MS - 1);
    expect(ada.session.recovered()).toBe(true);
    clock.advance(RECOVERY_MS * 2);
    expect(bo.connection.told('participantUpdated').at(-1)?.participant).toMatchObject({
      userId: 'ada',
      role: 'host',
      connection: 'ok',
    });
    expect(bo.connection.takeNames()).toEqual(['participantUpdated', 'participantUpdated']);
    expect(media.producers.has(producerId)).toBe(true);
  });

  it('ends with its recovery window: producers close, then the person is gone', async () => {
    const { clock, join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const { producerId } = await ada.produce(camera);
    ada.session.lost();
    bo.connection.takeNames();
    clock.advance(RECOVERY_MS);
    expect(bo.connection.told('producerClosed')).toEqual([{ producerId }]);
    expect(bo.connection.told('peerLeft')).toEqual([{ socketId: ada.connection.id, userId: 'ada' }]);
    expect(bo.connection.takeNames()).toEqual(['producerClosed', 'peerLeft', 'participantUpdated']);
    expect(ada.session.recovered()).toBe(false);
  });

  it('ends at once for someone who has only prepared', async () => {
    const { prepare, media } = await hostOneRoom();
    const user = await prepare('guest');
    user.session.lost();
    expect(media.calls.at(-1)).toBe('close');
    expect(user.session.recovered()).toBe(false);
  });

  it('is swept up after the computer slept', async () => {
    const { clock, join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    ada.session.lost();
    clock.sleep(RECOVERY_MS * 100);
    clock.advance(30_000);
    expect(bo.connection.told('peerLeft')).toHaveLength(1);
  });
});

describe('coming again', () => {
  it('with the session token restores userId and role, keeps the place and replaces the old connection', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const { producerId } = await ada.produce(camera);
    await ada.raiseHand({ raised: true });
    bo.connection.takeNames();
    const again = await join('Ada again', { userId: undefined, sessionToken: ada.answer.sessionToken });
    expect(again.answer).toMatchObject({ userId: 'ada', role: 'host', sessionToken: ada.answer.sessionToken });
    expect(again.answer.participants).toEqual([
      expect.objectContaining({ userId: 'ada', userName: 'Ada again', hand: true, socketId: again.connection.id }),
      expect.objectContaining({ userId: 'bo' }),
    ]);
    expect(ada.connection.told('removed')).toHaveLength(1);
    expect(bo.connection.told('producerClosed')).toEqual([{ producerId }]);
    expect(bo.connection.takeNames()).toEqual(['producerClosed', 'participantUpdated']);
    await expect(ada.raiseHand({ raised: false })).rejects.toEqual(
      new ProtocolError('NOT_JOINED', 'Join the meeting first.'),
    );
    ada.session.lost();
    expect(again.answer.userId).toBe('ada');
    expect(bo.connection.events).toEqual([]);
  });

  it('works while the old connection is lost, whose window then means nothing', async () => {
    const { clock, join, rooms, roomId } = await hostOneRoom();
    const ada = await join('ada');
    ada.session.lost();
    await join('ada', { sessionToken: ada.answer.sessionToken });
    clock.advance(RECOVERY_MS * 2);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(1);
    expect(ada.session.recovered()).toBe(false);
  });

  it('works after leaving, though not as host where another has taken over', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    await join('bo');
    await ada.leaveRoom({});
    const again = await join('ada', { userId: undefined, sessionToken: ada.answer.sessionToken });
    expect(again.answer).toMatchObject({ userId: 'ada', role: 'participant' });
  });

  it('under the userId of someone present without their token is a conflict', async () => {
    const { join } = await hostOneRoom();
    await join('ada');
    const bo = await join('bo');
    await expect(join('ada')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(join('ada', { sessionToken: 'guess' })).rejects.toMatchObject({ code: 'CONFLICT' });
    bo.session.lost();
    await expect(join('bo')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('on a connection that has joined is a conflict', async () => {
    const { join, roomId } = await hostOneRoom();
    const ada = await join('ada');
    await expect(ada.joinRoom({ roomId, userName: 'ada' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(ada.prepare({ roomId, rtpCapabilities: capabilities })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
