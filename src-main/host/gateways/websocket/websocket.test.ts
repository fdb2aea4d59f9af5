import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PING_INTERVAL_MS, PING_TIMEOUT_MS, RECOVERY_MS, UNJOINED_SOCKET_MS } from '../../../../src-shared/limits.ts';
import { FakeClock, hostOneRoom, rtpParameters } from '../../meeting/testing.ts';
import { Upgrades } from '../upgrades.ts';
import { attachWebSocket } from './index.ts';
import { PlainPerson } from './testing.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const access = {
  hostAllowed: () => true,
  originAllowed: () => true,
  isOwn: () => true,
  isOnOwnNetwork: () => true,
  mayCreateRooms: () => true,
  takeRequest: () => true,
};

let close = () => Promise.resolve();
afterEach(() => close());

/** The gateway on a real server, with media that only keeps books; the sockets have a clock of their own. */
async function setUp() {
  const host = await hostOneRoom();
  const server = createServer();
  const clock = new FakeClock();
  const upgrades = new Upgrades(server, { access, log });
  const gateway = attachWebSocket({ rooms: host.rooms, upgrades, clock, log });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const participants: PlainPerson[] = [];
  close = async () => {
    for (const { socket } of participants) socket.terminate();
    await gateway.close();
    server.close();
  };
  const connect = async (options?: { autoPong: boolean }) => {
    const participant = new PlainPerson(`http://127.0.0.1:${port}`, options);
    participants.push(participant);
    return participant.connected();
  };
  const join = async (userName: string, options?: { autoPong: boolean }) => {
    const participant = await connect(options);
    await participant.ask('join', { roomId: host.roomId, userName, userId: userName });
    return participant;
  };
  return { ...host, socketClock: clock, connect, joinPlain: join };
}

it('tells who stays too long without joining, and ends the connection', async () => {
  const { clock, connect, joinPlain } = await setUp();
  const idle = await connect();
  const ada = await joinPlain('ada');
  const ended = idle.disconnected();
  clock.advance(UNJOINED_SOCKET_MS);
  await expect(idle.event('closed')).resolves.toMatchObject({ reason: 'You have not joined a meeting in time.' });
  await expect(ended).resolves.toBe(1000);
  expect(ada.told).toEqual([]);
});

it('tells when the media process has been replaced', async () => {
  const { media, joinPlain } = await setUp();
  const ada = await joinPlain('ada');
  media.room.restarted();
  await expect(ada.event('mediaRestarted')).resolves.toEqual({ type: 'mediaRestarted' });
});

it('tells producers alone: nothing of what this dialect has no word for', async () => {
  const { join, joinPlain } = await setUp();
  const ada = await joinPlain('ada');
  const bo = await join('bo');
  await bo.raiseHand({ raised: true });
  await bo.react({ reaction: '👍' });
  const { producerId } = await bo.produce({ kind: 'video', rtpParameters });
  await bo.pauseProducer({ producerId });
  await bo.leaveRoom({});
  await expect(ada.next()).resolves.toMatchObject({ type: 'newProducer', producerId });
  await expect(ada.next()).resolves.toEqual({ type: 'producerClosed', producerId });
  await ada.askUnchecked({ action: 'createWebRtcTransport', direction: 'send' });
  expect(ada.told).toEqual([]);
});

it('keeps the membership of a connection that gives no sign of life, for a while', async () => {
  const { clock, socketClock, join, joinPlain } = await setUp();
  const bo = await join('bo');
  const ada = await joinPlain('ada', { autoPong: false });
  const ended = ada.disconnected();
  socketClock.advance(PING_INTERVAL_MS + PING_TIMEOUT_MS);
  await ended;
  const connections = () => bo.connection.told('participantUpdated').map(({ participant }) => participant.connection);
  await expect.poll(connections).toEqual(['lost']);
  clock.advance(RECOVERY_MS);
  expect(bo.connection.told('peerLeft')).toMatchObject([{ userId: 'ada' }]);
});

describe('a room with a lobby', () => {
  const waits = { code: 'WAITING' };

  async function setUpLobby() {
    const world = await setUp();
    const { join, connect, roomId, hostToken } = world;
    const host = await join('host', { token: hostToken });
    await host.setRoom({ lobbyMode: 'everyone' });
    const guest = await connect();
    const knock = () => guest.ask('join', { roomId, userName: 'guest', userId: 'guest' });
    return { ...world, host, guest, knock };
  }

  it('has people wait, who are told what join would have answered once they are let in', async () => {
    const { host, guest, knock, roomId, media } = await setUpLobby();
    const { producerId } = await host.produce({ kind: 'video', rtpParameters });
    await expect(knock()).rejects.toMatchObject(waits);
    await expect(guest.event('waiting')).resolves.toEqual({ type: 'waiting', hostPresent: true });
    await expect(guest.ask('createWebRtcTransport', { direction: 'send' })).rejects.toMatchObject(waits);
    expect(guest.told).toEqual([]);
    await host.admit({ userId: 'guest' });
    const admitted = await guest.event('admitted');
    expect(admitted).toMatchObject({ roomId, userId: 'guest', rtpCapabilities: media.rtpCapabilities });
    expect(admitted.producers).toMatchObject([{ producerId, userId: 'host' }]);
    await guest.askUnchecked({ action: 'createWebRtcTransport', direction: 'send' });
    expect(guest.told).toEqual([]);
  });

  it('tells those it turns away, who may ask again', async () => {
    const { host, guest, knock } = await setUpLobby();
    await expect(knock()).rejects.toMatchObject(waits);
    await host.deny({ all: true });
    await expect(guest.event('denied')).resolves.toEqual({ type: 'denied', reason: 'Nobody let you in.' });
    await expect(guest.ask('createWebRtcTransport', { direction: 'send' })).rejects.toMatchObject({
      code: 'NOT_JOINED',
    });
    await expect(knock()).rejects.toMatchObject(waits);
  });

  it('forgets who waits when their connection is lost', async () => {
    const { host, guest, knock } = await setUpLobby();
    await expect(knock()).rejects.toMatchObject(waits);
    guest.socket.terminate();
    await expect
      .poll(() => host.admit({ userId: 'guest' }).catch((error: unknown) => error))
      .toMatchObject({
        code: 'NOT_FOUND',
      });
  });

  it('that is not in the way of who shows the passcode is told what join needs', async () => {
    const { host, guest, roomId } = await setUpLobby();
    const { linkKey: key = '' } = await host.setRoom({ lobbyMode: 'off', passcode: 'tulip', linkKey: true });
    const fields = { roomId, userName: 'guest' };
    await expect(guest.ask('join', fields)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(guest.ask('join', { ...fields, key })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      need: 'passcode',
    });
    await expect(guest.ask('join', { ...fields, key, passcode: 'tulip' })).resolves.toMatchObject({ roomId });
  });
});

it('ends the connection of who was removed, and tells why', async () => {
  const { join, joinPlain, connect, hostToken, roomId } = await setUp();
  const host = await join('host', { token: hostToken });
  const ada = await connect();
  const { sessionToken } = await ada.ask('join', { roomId, userName: 'ada', userId: 'ada' });
  const ended = ada.disconnected();
  await host.removeParticipant({ userId: 'ada' });
  await expect(ada.event('closed')).resolves.toEqual({
    type: 'closed',
    reason: 'You have been removed from this meeting.',
  });
  await expect(ended).resolves.toBe(1000);
  const again = await connect();
  await expect(again.ask('join', { roomId, userName: 'ada', sessionToken })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(joinPlain('ada')).rejects.toMatchObject({ code: 'WAITING' });
});
