import { describe, expect, it } from 'vitest';
import { MAX_UNJOINED_SOCKETS_PER_ADDRESS, UNJOINED_SOCKET_MS } from '../../../../src-shared/limits.ts';
import { capabilities } from '../testing.ts';
import { hostWithInvites, refusal } from './testing.ts';

const media = { rtpCapabilities: capabilities, transports: true };

/** A room whose lobby holds everyone, its host in it. */
async function roomWithLobby() {
  const world = await hostWithInvites();
  const host = await world.join('host', { token: world.hostToken });
  await host.setRoom({ lobbyMode: 'everyone' });
  const knock = async (userName: string, more: { token?: string; userId?: string; address?: string } = {}) => {
    const guest = world.connect(`socket-of-${userName}-${crypto.randomUUID()}`, more.address);
    const { address: _, ...credentials } = more;
    const asked = guest.joinRoom({ roomId: world.roomId, userName, userId: userName, ...media, ...credentials });
    await expect(refusal(asked)).resolves.toMatchObject({ code: 'WAITING' });
    return guest;
  };
  const isIn = (userId: string) =>
    world.rooms.open[0]?.presentParticipants.some((participant) => participant.userId === userId);
  return { ...world, host, knock, isIn };
}

describe('somebody who is being admitted', () => {
  it('does not come in when they are denied meanwhile', async () => {
    const { knock, host, isIn } = await roomWithLobby();
    const guest = await knock('guest');
    await Promise.all([host.admit({ userId: 'guest' }), host.deny({ userId: 'guest' })]);
    expect(isIn('guest')).toBe(false);
    expect(guest.connection.takeNames()).toEqual(['waiting', 'denied']);
    expect(guest.session.state).toBe('connected');
  });

  it('does not come in when they leave meanwhile, and waits no more', async () => {
    const { knock, host, isIn } = await roomWithLobby();
    const guest = await knock('guest');
    await Promise.all([host.admit({ userId: 'guest' }), guest.leaveRoom({})]);
    expect(isIn('guest')).toBe(false);
    expect(guest.session.state).toBe('connected');
    await expect(host.admit({ userId: 'guest' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('waits until they are in: nothing else is theirs to ask for', async () => {
    const { knock, host, roomId } = await roomWithLobby();
    const guest = await knock('guest');
    const admitting = host.admit({ userId: 'guest' });
    expect(guest.session.state).toBe('waiting');
    await expect(guest.prepare({ roomId, rtpCapabilities: capabilities })).rejects.toMatchObject({ code: 'WAITING' });
    await admitting;
    expect(guest.session.state).toBe('joined');
  });

  it('waits again as the last one when they ask again meanwhile', async () => {
    const { knock, host, isIn, roomId } = await roomWithLobby();
    const guest = await knock('guest');
    const admitting = host.admit({ userId: 'guest' });
    const again = refusal(guest.joinRoom({ roomId, userName: 'guest', userId: 'guest', ...media }));
    await admitting;
    await expect(again).resolves.toMatchObject({ code: 'WAITING' });
    expect(isIn('guest')).toBe(false);
    await host.admit({ userId: 'guest' });
    expect(isIn('guest')).toBe(true);
    expect(guest.connection.told('admitted')).toHaveLength(1);
  });

  it('does not keep others from being admitted with them', async () => {
    const { knock, host, isIn, media: fake } = await roomWithLobby();
    const leaving = await knock('leaving');
    await knock('broken');
    await knock('guest');
    const admitting = host.admit({ all: true });
    await leaving.leaveRoom({});
    fake.failure = new Error('no port left');
    await expect(admitting).rejects.toThrow('no port left');
    expect(isIn('guest')).toBe(true);
  });
});

it('a lobby that begins while somebody makes their media ready has them wait in it', async () => {
  const { host, connect, roomId, isIn } = await roomWithLobby();
  await host.setRoom({ lobbyMode: 'off' });
  const guest = connect('guest');
  const asked = refusal(guest.joinRoom({ roomId, userName: 'guest', userId: 'guest', ...media }));
  await host.setRoom({ lobbyMode: 'everyone' });
  await expect(asked).resolves.toMatchObject({ code: 'WAITING' });
  expect(guest.session.state).toBe('waiting');
  await host.admit({ userId: 'guest' });
  expect(isIn('guest')).toBe(true);
});

it('an invite that is revoked while its holder waits is worth nothing any more', async () => {
  const { host, knock, invite, invites, roomId, isIn } = await roomWithLobby();
  const { id, token } = await invite({ role: 'co-host', name: 'guest' });
  await knock('guest', { token });
  invites.revoke(roomId, id);
  await expect(host.admit({ userId: 'guest' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(isIn('guest')).toBe(false);
});

it('who waits does not learn who is in by asking for their userId', async () => {
  const { knock, host, isIn } = await roomWithLobby();
  const guest = await knock('guest', { userId: 'host' });
  expect(guest.session.state).toBe('waiting');
  const [waiting] = host.connection.told('lobby').at(-1)?.waiting ?? [];
  expect(waiting?.userId).not.toBe('host');
  await host.admit({ all: true });
  expect(isIn('host')).toBe(true);
});

it('somebody who has gone before they were asked to wait does not wait', async () => {
  const { connect, host, invite, roomId } = await roomWithLobby();
  const { token } = await invite({ role: 'participant' });
  const guest = connect('guest');
  const asked = refusal(guest.joinRoom({ roomId, userName: 'guest', token }));
  guest.session.ended();
  await asked;
  expect(host.connection.told('lobby')).toEqual([]);
});

it('who has left the lobby counts as a connection that has not joined', async () => {
  const { knock, clock, connect } = await roomWithLobby();
  const guests = [];
  for (let index = 0; index < MAX_UNJOINED_SOCKETS_PER_ADDRESS; index++) {
    const guest = await knock(`g${index}`, { address: '192.0.2.77' });
    await guest.leaveRoom({});
    guests.push(guest);
  }
  expect(() => connect('beyond', '192.0.2.77')).toThrow('have not joined');
  clock.advance(UNJOINED_SOCKET_MS);
  expect(guests.every(({ connection }) => connection.closed)).toBe(true);
});
