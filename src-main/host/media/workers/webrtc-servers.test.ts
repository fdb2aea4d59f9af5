import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MediaParticipant, MediaRoom } from '../../meeting/ports.ts';
import { createMedia, type HostMedia } from '../index.ts';
import { audio, code, dtls, freePort, Heard, HeldClock, log, openParticipant } from '../testing.ts';

/** This machine's own address, as if it came and went: the sockets are real. */
const own = Object.values(networkInterfaces())
  .flatMap((infos = []) => infos)
  .find(({ internal, family }) => !internal && family === 'IPv4');
const GUEST = '198.51.100.7';

const heard = new Heard();
let media: HostMedia;
let room: MediaRoom;

beforeEach(async () => {
  media = await createMedia({ port: 0, addresses: [], workerCount: 1, log, clock: new HeldClock() });
  room = await media.openRoom(heard.room);
});
afterEach(() => media.close());

/** Where someone is told to send to. */
const told = async (participant: MediaParticipant) =>
  [...new Set((await participant.createTransport('send')).iceCandidates.map(({ address }) => address))].toSorted();

describe.skipIf(!own)('an address that comes while the host runs (needs a network: this machine has none)', () => {
  const address = own?.address ?? '';
  const came = [{ address, local: true }];

  test('is listened on and told, in rooms that were open before too', async () => {
    const guest = () => openParticipant(room, GUEST, address);
    expect(await told(guest())).toEqual([]);
    await media.follow(came);
    expect(await told(guest())).toEqual([address]);
    const { iceCandidates } = await guest().createTransport('recv');
    const udp = iceCandidates.find(({ protocol }) => protocol === 'udp');
    const socket = createSocket('udp4');
    // Taken: the media process has it.
    const failed = once(socket, 'error');
    socket.bind(udp?.port, address);
    expect(await failed).toMatchObject([{ code: 'EADDRINUSE' }]);
    socket.close();
  });

  test('takes nothing from the people of this machine: their transports stay', async () => {
    const here = openParticipant(room);
    const { id } = await here.createTransport('send');
    await here.connectTransport('send', dtls);
    const producer = await heard.produce(here, audio());
    await media.follow(came);
    await here.restartIce(id);
    await producer.pause();
    expect(heard.ended.all).toEqual([]);
  });

  test('and goes again is told to nobody, and leads nowhere', async () => {
    await media.follow(came);
    const guest = openParticipant(room, GUEST, address);
    const { id } = await guest.createTransport('send');
    await guest.restartIce(id);
    await media.follow([]);
    expect(await told(guest)).toEqual([]);
  });

  test('is where those who come back by it need another transport', async () => {
    const endpoints = { remoteAddress: GUEST, localAddress: '127.0.0.1' };
    const guest = room.openParticipant(endpoints);
    const { id } = await guest.createTransport('send');
    await media.follow(came);
    await guest.restartIce(id);
    endpoints.localAddress = address;
    expect(await code(guest.restartIce(id))).toBe('NOT_FOUND');
    expect(await told(guest)).toEqual([address]);
  });

  test('that nobody can listen on is left out; the others are told', async () => {
    await media.follow([{ address: '192.0.2.254', local: true }, ...came]);
    expect(await told(openParticipant(room, GUEST, address))).toEqual([address]);
  });
});

test('addresses none of which can be listened on are said to be so', async () => {
  await expect(media.follow([{ address: '192.0.2.254', local: true }])).rejects.toMatchObject({
    code: 'ADDRESS_UNUSABLE',
  });
});

test.each([
  ['loopback', ['127.0.0.1']],
  ['an address that is given twice', ['127.0.0.1', '127.0.0.1', '::1', '0:0:0:0:0:0:0:1']],
])('a fixed port is opened once where the host is reached by %s', async (_, given) => {
  const port = await freePort();
  const addresses = given.map((address) => ({ address, local: true }));
  const fixed = await createMedia({ port, addresses, workerCount: 1, log, clock: new HeldClock() });
  await fixed.follow(addresses);
  const { iceCandidates } = await openParticipant(await fixed.openRoom(heard.room)).createTransport('send');
  expect(iceCandidates.every((candidate) => candidate.port === port)).toBe(true);
  await fixed.close();
});
