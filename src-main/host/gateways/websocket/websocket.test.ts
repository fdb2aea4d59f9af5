import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
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
