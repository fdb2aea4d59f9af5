import { describe, expect, it } from 'vitest';
import { LOBBY_NOTICE_MS, MAX_WAITING_PER_ADDRESS, MAX_WAITING_PER_ROOM } from '../../../../src-shared/limits.ts';
import { requests } from '../../../../src-shared/protocol/index.ts';
import { capabilities } from '../testing.ts';
import { hostWithInvites, refusal } from './testing.ts';

/** A room whose lobby holds everyone, its host in it. */
async function roomWithLobby() {
  const world = await hostWithInvites();
  const host = await world.join('host', { token: world.hostToken });
  await host.setRoom({ lobbyMode: 'everyone' });
  host.connection.takeNames();
  const knock = async (userName: string, address?: string, more: { transports?: boolean } = {}) => {
    const guest = world.connect(`socket-of-${userName}`, address);
    const joining = guest.joinRoom({
      roomId: world.roomId,
      userName,
      userId: userName,
      ...(more.transports && { rtpCapabilities: capabilities, transports: true }),
    });
    await expect(refusal(joining)).resolves.toMatchObject({ code: 'WAITING' });
    return guest;
  };
  const lobby = () =>
    host.connection
      .told('lobby')
      .at(-1)
      ?.waiting.map(({ userName }) => userName);
  return { ...world, host, knock, lobby };
}

describe('somebody who waits', () => {
  it('is refused everything but to ask again, to write a line, to leave and to ping', async () => {
    const { knock, roomId } = await roomWithLobby();
    const guest = await knock('guest');
    expect(guest.session.state).toBe('waiting');
    const allowed = ['joinRoom', 'leaveRoom', 'ping', 'updateWaiting'];
    for (const name of Object.keys(requests).filter((other) => !allowed.includes(other))) {
      const asked = Promise.try(() => guest.session.perform(name as never, { roomId } as never));
      expect([name, await refusal(asked)]).toMatchObject([name, { code: 'WAITING' }]);
    }
  });

  it('is told nothing of the room, has no transport, and counts nowhere', async () => {
    const { knock, join, media, rooms, roomId, host } = await roomWithLobby();
    media.calls.length = 0;
    const guest = await knock('guest', undefined, { transports: true });
    const bo = await join('bo', { token: (await rooms.invites.create(roomId, { role: 'host' })).token });
    await bo.sendMessage({ roomId, message: 'hello' });
    await bo.react({ reaction: '👍' });
    expect(guest.connection.takeNames()).toEqual(['waiting']);
    expect(media.calls).toEqual([]);
    expect([rooms.participants, rooms.waiting]).toEqual([2, 1]);
    await expect(host.sendMessage({ roomId, message: 'psst', to: 'guest' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('knows whether anybody is there who may let them in', async () => {
    const { knock, host, join, hostToken } = await roomWithLobby();
    const guest = await knock('guest');
    const told = () => guest.connection.told('waiting').map(({ hostPresent }) => hostPresent);
    expect(told()).toEqual([true]);
    host.session.lost();
    expect(told()).toEqual([true, false]);
    host.session.recovered();
    await host.leaveRoom({});
    expect(told()).toEqual([true, false, true, false]);
    await join('host again', { token: hostToken });
    expect(told()).toEqual([true, false, true, false, true]);
  });

  it('is in once admitted, with the answer that joinRoom would have given', async () => {
    const { knock, host, lobby } = await roomWithLobby();
    const guest = await knock('guest', undefined, { transports: true });
    expect(lobby()).toEqual(['guest']);
    await host.admit({ userId: 'guest' });
    expect(guest.connection.told('admitted')).toMatchObject([
      {
        userId: 'guest',
        role: 'participant',
        sendTransport: { id: 'send' },
        recvTransport: { id: 'recv' },
        consumers: [],
        participants: [{ userId: 'host' }, { userId: 'guest' }],
      },
    ]);
    expect(guest.session.state).toBe('joined');
    expect(host.connection.told('peer-joined')).toMatchObject([{ userId: 'guest' }]);
  });

  it('may ask again when they were denied', async () => {
    const { knock, host, roomId } = await roomWithLobby();
    const guest = await knock('guest');
    await host.deny({ userId: 'guest' });
    expect(guest.connection.takeNames()).toEqual(['waiting', 'denied']);
    expect(guest.session.state).toBe('connected');
    const again = guest.joinRoom({ roomId, userName: 'guest' });
    await expect(refusal(again)).resolves.toMatchObject({ code: 'WAITING' });
  });

  it('waits no more once they have left or are gone', async () => {
    const { knock, clock, lobby } = await roomWithLobby();
    const [ada, bo, cy] = [await knock('ada'), await knock('bo'), await knock('cy')];
    await ada.leaveRoom({});
    bo.session.lost();
    cy.session.ended();
    clock.advance(LOBBY_NOTICE_MS);
    expect(lobby()).toEqual([]);
    expect(bo.session.recovered()).toBe(false);
  });

  it('hears of the meeting’s end', async () => {
    const { knock, host } = await roomWithLobby();
    const guest = await knock('guest');
    await host.endMeeting({});
    expect(guest.connection.takeNames()).toEqual(['waiting', 'roomClosed']);
    expect(guest.session.state).toBe('connected');
  });

  it('is not one of those who have to join in time; who was denied is again', async () => {
    const { knock, host, clock } = await roomWithLobby();
    const guest = await knock('guest');
    clock.advance(3_600_000);
    expect(guest.connection.closed).toBe(false);
    await host.deny({ all: true });
    clock.advance(3_600_000);
    expect(guest.connection.closed).toBe(true);
  });

  it('has a userId of their own', async () => {
    const { knock, host, clock } = await roomWithLobby();
    await knock('ada');
    const { connection, ...eve } = await knock('eve');
    await eve.leaveRoom({});
    connection.takeNames();
    const asked = eve.joinRoom({ roomId: host.answer.room.roomId, userName: 'Eve', userId: 'ada' });
    await expect(refusal(asked)).resolves.toMatchObject({ code: 'WAITING' });
    clock.advance(LOBBY_NOTICE_MS);
    const ids =
      host.connection
        .told('lobby')
        .at(-1)
        ?.waiting.map(({ userId }) => userId) ?? [];
    expect(ids[0]).toBe('ada');
    expect(ids[1]).not.toBe('ada');
  });
});

describe('those who may admit', () => {
  it('are told who waits when they come or may from now on, and when they may no more', async () => {
    const { knock, host, join, rooms, roomId } = await roomWithLobby();
    await host.setRoom({ lobbyMode: 'off' });
    const bo = await join('bo');
    await host.setRoom({ lobbyMode: 'everyone' });
    await knock('guest');
    expect(bo.connection.told('lobby')).toEqual([]);
    await host.setRole({ userId: 'bo', role: 'co-host' });
    expect(bo.connection.told('lobby')).toMatchObject([{ waiting: [{ userId: 'guest' }] }]);
    await host.setRole({ userId: 'bo', role: 'participant' });
    expect(bo.connection.told('lobby').at(-1)).toEqual({ waiting: [] });
    const { token } = await rooms.invites.create(roomId, { role: 'host' });
    const cy = await join('cy', { token });
    expect(cy.connection.told('lobby')).toMatchObject([{ waiting: [{ userId: 'guest' }] }]);
  });

  it('see the line that somebody writes, and since when they wait', async () => {
    const { knock, host, clock } = await roomWithLobby();
    const since = clock.now();
    const guest = await knock('guest');
    await guest.updateWaiting({ note: 'It is me, Bo' });
    expect(host.connection.told('lobby')).toHaveLength(1);
    clock.advance(LOBBY_NOTICE_MS);
    expect(host.connection.told('lobby').at(-1)).toEqual({
      waiting: [{ userId: 'guest', userName: 'guest', since, note: 'It is me, Bo' }],
    });
  });

  it('are told at most twice a second, however many come', async () => {
    const { knock, host, clock } = await roomWithLobby();
    for (let index = 0; index < 20; index++) await knock(`g${index}`);
    expect(host.connection.told('lobby')).toHaveLength(1);
    clock.advance(LOBBY_NOTICE_MS);
    expect(host.connection.told('lobby')).toHaveLength(2);
    expect(host.connection.told('lobby').at(-1)?.waiting).toHaveLength(20);
    clock.advance(10 * LOBBY_NOTICE_MS);
    expect(host.connection.told('lobby')).toHaveLength(2);
  });

  it('admit everybody at once, in the order they came', async () => {
    const { knock, host, lobby, clock } = await roomWithLobby();
    const guests = [await knock('a'), await knock('b'), await knock('c')];
    await host.admit({ all: true });
    expect(host.connection.told('peer-joined').map(({ userId }) => userId)).toEqual(['a', 'b', 'c']);
    for (const { session } of guests) expect(session.state).toBe('joined');
    clock.advance(LOBBY_NOTICE_MS);
    expect(lobby()).toEqual([]);
  });

  it('let somebody in once, also when two do at the same time', async () => {
    const { knock, host } = await roomWithLobby();
    const guest = await knock('guest', undefined, { transports: true });
    await Promise.all([host.admit({ userId: 'guest' }), host.admit({ userId: 'guest' })]);
    expect(guest.connection.told('admitted')).toHaveLength(1);
    await expect(host.admit({ userId: 'guest' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keep somebody waiting whose media cannot be made', async () => {
    const { knock, host, media, lobby, clock } = await roomWithLobby();
    const guest = await knock('guest', undefined, { transports: true });
    media.failure = new Error('no port left');
    await expect(host.admit({ userId: 'guest' })).rejects.toThrow('no port left');
    expect(guest.session.state).toBe('waiting');
    clock.advance(3_600_000);
    expect(guest.connection.closed).toBe(false);
    expect(lobby()).toEqual(['guest']);
    await host.admit({ userId: 'guest' });
    expect(guest.session.state).toBe('joined');
  });
});

describe('the lobby is bounded', () => {
  it('by MAX_WAITING_PER_ROOM', async () => {
    const { knock, connect, roomId } = await roomWithLobby();
    const guests = [];
    for (let index = 0; index < MAX_WAITING_PER_ROOM; index++) {
      guests.push(await knock(`g${index}`, `192.0.2.${index}`));
    }
    const beyond = connect('beyond', '192.0.2.200');
    const asked = () => refusal(beyond.joinRoom({ roomId, userName: 'beyond' }));
    await expect(asked()).resolves.toMatchObject({ code: 'LIMIT' });
    expect(beyond.session.state).toBe('connected');
    await guests[0]?.leaveRoom({});
    await expect(asked()).resolves.toMatchObject({ code: 'WAITING' });
  });

  it('by MAX_WAITING_PER_ADDRESS, in all rooms of a host', async () => {
    const { knock, connect, rooms, roomId } = await roomWithLobby();
    const other = await rooms.create({ hostName: 'Bo', settings: { lobbyMode: 'everyone' } });
    const from = '192.0.2.77';
    for (let index = 1; index < MAX_WAITING_PER_ADDRESS; index++) await knock(`g${index}`, from);
    const ask = (id: string, address: string, room = roomId) =>
      refusal(connect(id, address).joinRoom({ roomId: room, userName: id }));
    await expect(ask('elsewhere', from, other.roomId)).resolves.toMatchObject({ code: 'WAITING' });
    await expect(ask('beyond', from)).resolves.toMatchObject({ code: 'LIMIT' });
    await expect(ask('another address', '192.0.2.78')).resolves.toMatchObject({ code: 'WAITING' });
  });
});
