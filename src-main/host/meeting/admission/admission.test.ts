import { describe, expect, it } from 'vitest';
import {
  MAX_EVENT_BURST_PER_ROOM,
  MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS,
  MAX_PARTICIPANTS_PER_ROOM,
  MAX_PASSCODE_TRIES_PER_MINUTE,
} from '../../../../src-shared/limits.ts';
import { ProtocolError, type RoomSettings } from '../../../../src-shared/protocol/index.ts';
import { capabilities, rtpParameters } from '../testing.ts';
import { hostWithInvites } from './testing.ts';

const PASSCODE = 'open sesame';

/** A room with these settings, its host in it. */
async function roomWith(settings: RoomSettings) {
  const world = await hostWithInvites();
  const host = await world.join('host', { token: world.hostToken });
  const { linkKey } = await host.setRoom(settings);
  return { ...world, host, linkKey };
}

/** The code and what it says is needed. */
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'in',
    (error: unknown) => {
      if (!(error instanceof ProtocolError)) throw error;
      return error.need === undefined ? error.code : `${error.code} ${error.need}`;
    },
  );

describe('admission looks at', () => {
  const everything = { locked: true, linkKey: true, passcode: PASSCODE, lobbyMode: 'everyone' } as const;

  it('lock, link key, passcode and lobby, in this order, and says the first that stands in the way', async () => {
    const { host, linkKey, join } = await roomWith(everything);
    const ask = (more: Parameters<typeof join>[1]) => outcome(join('guest', more));
    const all = { key: linkKey, passcode: PASSCODE };
    expect(await ask({})).toBe('LOCKED');
    expect(await ask(all)).toBe('LOCKED');
    await host.setRoom({ locked: false });
    expect(await ask({ passcode: PASSCODE })).toBe('NOT_FOUND');
    expect(await ask({ key: 'wrong', passcode: PASSCODE })).toBe('NOT_FOUND');
    expect(await ask({ key: linkKey })).toBe('UNAUTHORIZED passcode');
    expect(await ask({ key: linkKey, passcode: 'wrong' })).toBe('UNAUTHORIZED passcode');
    expect(await ask(all)).toBe('WAITING');
    await host.setRoom({ lobbyMode: 'off' });
    expect(await ask(all)).toBe('in');
  });

  it('capacity before everything else', async () => {
    const { host, join } = await roomWith({});
    for (let index = 1; index < MAX_PARTICIPANTS_PER_ROOM; index++) await join(`p${index}`);
    await host.setRoom(everything);
    expect(await outcome(join('guest'))).toBe('FULL');
  });

  it('nothing but capacity for the host token and a host’s invite', async () => {
    const { join, hostToken, invite } = await roomWith(everything);
    const { token } = await invite({ role: 'host', name: 'Second host' });
    expect(await outcome(join('a', { token: hostToken }))).toBe('in');
    expect(await outcome(join('b', { token }))).toBe('in');
  });

  it('nothing but capacity for a membership that has been through it', async () => {
    const { host, join } = await roomWith({});
    const ada = await join('ada');
    const { sessionToken } = ada.answer;
    ada.session.ended();
    await host.setRoom(everything);
    expect(await outcome(join('ada', { sessionToken }))).toBe('in');
    expect(await outcome(join('bo', { sessionToken: `${sessionToken}x` }))).toBe('LOCKED');
  });

  it('an invite in place of the link key, and one with a name in place of the lobby for the uninvited', async () => {
    const { host, join, invite } = await roomWith({ linkKey: true, lobbyMode: 'uninvited' });
    const named = await invite({ role: 'participant', name: 'Bo' });
    const shared = await invite({ role: 'participant' });
    expect(await outcome(join('a', { token: named.token }))).toBe('in');
    expect(await outcome(join('b', { token: shared.token }))).toBe('WAITING');
    await host.setRoom({ lobbyMode: 'everyone' });
    expect(await outcome(join('c', { token: named.token }))).toBe('WAITING');
    await host.setRoom({ passcode: PASSCODE });
    expect(await outcome(join('d', { token: named.token }))).toBe('UNAUTHORIZED passcode');
  });

  it('the link key, an invite, or a token of the room before it says what it is like', async () => {
    const { host, join, invite, rooms, roomId, hostToken, linkKey } = await roomWith({ linkKey: true });
    const { token } = await invite({ role: 'participant', name: 'Bo' });
    const ada = await join('ada', { key: linkKey });
    const { sessionToken } = ada.answer;
    const told = (shown: string, key?: string) => outcome(rooms.infoFor(shown, roomId, '192.0.2.1', key));
    expect(await Promise.all([hostToken, token, sessionToken].map((shown) => told(shown)))).toEqual(['in', 'in', 'in']);
    expect([await told('x'), await told(`${token}x`), await told('x', linkKey)]).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'in',
    ]);
    await host.removeParticipant({ userId: 'ada' });
    expect(await told(sessionToken)).toBe('NOT_FOUND');
  });

  it('the same for prepare, which never waits, and makes nothing', async () => {
    const { host, connect, media, linkKey, roomId } = await roomWith(everything);
    const prepare = (more: { key?: string | undefined; passcode?: string; token?: string } = {}) =>
      outcome(connect(crypto.randomUUID()).prepare({ roomId, rtpCapabilities: capabilities, ...more }));
    media.calls.length = 0;
    host.connection.takeNames();
    expect(await prepare()).toBe('LOCKED');
    await host.setRoom({ locked: false });
    expect(await prepare()).toBe('NOT_FOUND');
    expect(await prepare({ key: linkKey })).toBe('UNAUTHORIZED passcode');
    expect(await prepare({ key: linkKey, passcode: PASSCODE })).toBe('WAITING');
    expect(media.calls).toEqual([]);
    expect(host.connection.told('lobby')).toEqual([]);
  });
});

it('a link key says nothing of the room to who does not show it', async () => {
  const { rooms, roomId, connect, linkKey } = await roomWith({ linkKey: true });
  const from = '192.0.2.9';
  expect(() => rooms.info(roomId, from)).toThrow('no such meeting');
  expect(() => rooms.info(roomId, from, 'wrong')).toThrow('no such meeting');
  expect(rooms.isOpen(roomId, from)).toBe(false);
  expect(rooms.info(roomId, from, linkKey)).toMatchObject({ linkKey: true, participants: 1 });
  const client = connect('guest');
  await expect(client.getRouterRtpCapabilities({ roomId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(client.getRouterRtpCapabilities({ roomId, key: linkKey })).resolves.toBeDefined();
});

it('asking with a wrong key or token tells no more of a room than asking for one that is not there', async () => {
  const { connect, roomId } = await roomWith({ linkKey: true });
  const ask = async (address: string, more: { roomId: string; token?: string }) => {
    const codes = [];
    for (let index = 0; index <= MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS; index++) {
      codes.push(await outcome(connect(`${address}-${index}`, address).joinRoom({ userName: 'x', ...more })));
    }
    return codes;
  };
  const missing = await ask('192.0.2.10', { roomId: 'nowhere' });
  expect(missing.at(-1)).toBe('RATE_LIMITED');
  expect(await ask('192.0.2.11', { roomId })).toEqual(missing);
  expect(await ask('192.0.2.12', { roomId, token: 'wrong' })).toEqual(missing);
});

it('those who are not let in use up nothing of what a room may be told', async () => {
  const { connect, host, roomId } = await roomWith({ locked: true });
  for (let index = 0; index < MAX_EVENT_BURST_PER_ROOM / 2 / 9; index++) {
    const outsider = connect(`o${index}`, `198.51.100.${index % 250}`);
    for (let asked = 0; asked < 9; asked++) await outcome(outsider.joinRoom({ roomId, userName: 'x' }));
    outsider.session.ended();
  }
  for (const message of ['hello', 'again']) await host.sendMessage({ roomId, message });
});

it('who holds the host token comes back after a removal as somebody new, and stays', async () => {
  const { host, join, hostToken } = await roomWith({});
  const ada = await join('ada');
  await host.removeParticipant({ userId: 'ada' });
  const back = await join('ada', { token: hostToken, sessionToken: ada.answer.sessionToken });
  expect(back.answer.role).toBe('host');
  expect(back.answer.sessionToken).not.toBe(ada.answer.sessionToken);
  back.session.ended();
  expect(await outcome(join('ada', { sessionToken: back.answer.sessionToken }))).toBe('in');
});

it('a new link key is another one, and the old one is worth nothing any more', async () => {
  const { host, join, linkKey } = await roomWith({ linkKey: true });
  const { linkKey: next } = await host.setRoom({ linkKey: true });
  expect(next).not.toBe(linkKey);
  expect(await outcome(join('a', { key: linkKey }))).toBe('NOT_FOUND');
  expect(await outcome(join('b', { key: next }))).toBe('in');
});

it('how many are in is not told where there is a lobby', async () => {
  const { host, rooms, roomId } = await roomWith({ lobbyMode: 'everyone' });
  expect(rooms.info(roomId, '192.0.2.9')).not.toHaveProperty('participants');
  await host.setRoom({ lobbyMode: 'off' });
  expect(rooms.info(roomId, '192.0.2.9')).toMatchObject({ participants: 1, lobby: false });
});

describe('a passcode', () => {
  it('is guessed at most so often from one address, and shown as often as one likes', async () => {
    const { connect, clock, roomId } = await roomWith({ passcode: PASSCODE });
    let count = 0;
    const join = (passcode: string, address: string) =>
      outcome(connect(`c${++count}`, address).joinRoom({ roomId, userName: 'x', passcode }));
    const guests = Array.from({ length: MAX_PASSCODE_TRIES_PER_MINUTE * 3 }, () => join(PASSCODE, '192.0.2.7'));
    expect(new Set(await Promise.all(guests))).toEqual(new Set(['in']));

    const guesses = Array.from({ length: MAX_PASSCODE_TRIES_PER_MINUTE }, () => join('guess', '192.0.2.8'));
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['UNAUTHORIZED passcode']));
    expect(await join('guess', '192.0.2.8')).toBe('RATE_LIMITED');
    expect(await join(PASSCODE, '192.0.2.8')).toBe('RATE_LIMITED');
    // Who shows the right one waits for none of the guesses of others.
    const finished: string[] = [];
    const guessing = join('guess', '192.0.2.9').then((code) => finished.push(code));
    const showing = join(PASSCODE, '192.0.2.7').then((code) => finished.push(code));
    await Promise.all([guessing, showing]);
    expect(finished).toEqual(['in', 'UNAUTHORIZED passcode']);
    clock.advance(60_000);
    expect(await join(PASSCODE, '192.0.2.8')).toBe('in');
  });

  it('that was changed or taken away is worth nothing any more', async () => {
    const { host, join } = await roomWith({ passcode: PASSCODE });
    expect(await outcome(join('a', { passcode: PASSCODE }))).toBe('in');
    await host.setRoom({ passcode: 'another' });
    expect(await outcome(join('b', { passcode: PASSCODE }))).toBe('UNAUTHORIZED passcode');
    expect(await outcome(join('c', { passcode: 'another' }))).toBe('in');
    await host.setRoom({ passcode: null });
    expect(await outcome(join('d'))).toBe('in');
  });
});

it('settings outlive the host’s process, and secrets are stored as hashes only', async () => {
  const world = await roomWith({ linkKey: true, passcode: PASSCODE, permissions: { chat: false } });
  world.rooms.close('Restarting.', { forGood: false });
  const stored = world.store.rooms.open();
  expect(stored).toMatchObject([{ settings: { lobbyMode: 'off', permissions: { chat: false, react: true } } }]);
  for (const secret of [PASSCODE, world.linkKey]) expect(JSON.stringify(stored)).not.toContain(secret);
});

describe('who has prepared and may not join any more', () => {
  it('is not told of what comes, and cannot ask', async () => {
    const { host, prepare } = await roomWith({});
    const guest = await prepare('guest');
    await host.setRoom({ lobbyMode: 'everyone' });
    expect(guest.connection.takeNames()).toEqual(['mediaRestarted']);
    await host.createProducerTransport({});
    await host.produce({ kind: 'video', rtpParameters });
    await new Promise(setImmediate);
    expect(guest.connection.takeNames()).toEqual([]);
    expect(guest.session.state).toBe('connected');
    await expect(guest.describeParticipants({})).rejects.toMatchObject({ code: 'NOT_JOINED' });
  });

  it('because they were removed by their other connection', async () => {
    const { host, join, connect, roomId } = await roomWith({});
    const { answer } = await join('ada');
    const other = connect('other');
    await other.prepare({ roomId, sessionToken: answer.sessionToken, rtpCapabilities: capabilities });
    await host.removeParticipant({ userId: 'ada', keepLobbyOff: true });
    expect(other.session.state).toBe('connected');
  });

  it('but who still may goes on', async () => {
    const { host, prepare } = await roomWith({});
    const guest = await prepare('guest');
    await host.setRoom({ permissions: { chat: false } });
    expect(guest.session.state).toBe('preparing');
  });
});

it('who may not rename themselves does not do so by joining again', async () => {
  const { host, join, roomId } = await roomWith({ permissions: { rename: false } });
  const ada = await join('ada');
  await ada.leaveRoom({});
  await ada.joinRoom({ roomId, userName: 'host' });
  expect(host.connection.told('peer-joined').at(-1)).toMatchObject({ userId: 'ada', userName: 'ada' });
});
