import { observer, type types } from 'mediasoup';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse, RtpCapabilities, TransportOptions, WarmUp } from '../../../src-shared/protocol/index.ts';
import type { MediaRoom } from '../meeting/ports.ts';
import { createMedia } from './index.ts';
import { addresses, audio, code, dtls, Heard, HeldClock, log, openParticipant } from './testing.ts';

const workers: types.Worker[] = [];
observer.on('newworker', (worker) => workers.push(worker));

const clock = new HeldClock();
const heard = new Heard();
let media: Awaited<ReturnType<typeof createMedia>>;
let room: MediaRoom;

beforeAll(async () => {
  media = await createMedia({ port: 0, addresses, workerCount: 2, log, clock });
});
afterAll(() => media.close());

beforeEach(async () => {
  room = await media.openRoom(heard.room);
  heard.forget();
});
afterEach(() => room.close());

describe('a room', () => {
  test('offers Opus, VP8, VP9, H264 and AV1, as the contract describes them', () => {
    const { codecs, headerExtensions } = parse(RtpCapabilities, room.rtpCapabilities);
    expect(codecs?.map(({ mimeType }) => mimeType).filter((name) => !name.endsWith('/rtx'))).toEqual([
      'audio/opus',
      'video/VP8',
      'video/VP9',
      'video/H264',
      'video/AV1',
    ]);
    expect(JSON.stringify(headerExtensions)).not.toContain('abs-capture-time');
  });

  test('is spread over the processes', async () => {
    const others = await Promise.all([
      media.openRoom(heard.room),
      media.openRoom(heard.room),
      media.openRoom(heard.room),
    ]);
    const routers = await Promise.all(workers.map(async (worker) => (await worker.dump()).routerIds.length));
    expect(routers).toEqual([2, 2]);
    for (const other of others) other.close();
  });

  test('may be closed twice; then nothing is found in it', async () => {
    const peer = await heard.sender(room);
    room.close();
    room.close();
    expect(await code(heard.produce(peer, audio()))).toBe('NOT_FOUND');
    expect(await code(peer.createTransport('send'))).toBe('NOT_FOUND');
    expect(heard.ended.all).toEqual([]);
  });
});

describe('transports', () => {
  test('are as the contract describes them; SCTP only for a warm-up', async () => {
    const peer = openParticipant(room);
    const [send, recv] = await Promise.all([
      peer.createTransport('send'),
      peer.createTransport('recv', { data: true }),
    ]);
    expect(parse(TransportOptions, send)).toEqual(send);
    expect(send.sctpParameters).toBeUndefined();
    expect(send.iceServers).toEqual([]);
    expect(send.iceCandidates.map(({ protocol, address }) => `${protocol} ${address}`)).toContain('udp 127.0.0.1');
    expect(recv.sctpParameters).toBeDefined();
    const warmUp = await peer.warmUp();
    expect(parse(WarmUp, warmUp)).toEqual(warmUp);
  });

  test('loopback is told to this machine only', async () => {
    const elsewhere = openParticipant(room, '192.0.2.7');
    const { iceCandidates } = await elsewhere.createTransport('send');
    // The one announced address of this test is 127.0.0.1, as if forwarded: loopback itself is missing.
    expect(iceCandidates.filter(({ protocol }) => protocol === 'udp')).toHaveLength(1);
    const { iceCandidates: here } = await openParticipant(room).createTransport('send');
    expect(here.filter(({ protocol }) => protocol === 'udp')).toHaveLength(2);
  });

  test('create, connect and produce may come in one flight', async () => {
    const peer = openParticipant(room);
    const [transport, , producer] = await Promise.all([
      peer.createTransport('send'),
      peer.connectTransport('send', dtls),
      heard.produce(peer, audio()),
    ]);
    expect(transport.id).toBeTruthy();
    await producer.pause();
  });

  test('what has none is not found; connecting twice is refused', async () => {
    const peer = openParticipant(room);
    expect(await code(peer.connectTransport('send', dtls))).toBe('NOT_FOUND');
    expect(await code(heard.produce(peer, audio()))).toBe('NOT_FOUND');
    expect(await code(peer.warmUp())).toBe('NOT_FOUND');
    await peer.createTransport('send');
    await peer.connectTransport('send', dtls);
    expect(await code(peer.connectTransport('send', dtls))).toBe('CONFLICT');
  });

  test('a new one of a direction closes the former with its media', async () => {
    const peer = await heard.sender(room);
    const microphone = audio();
    const producer = await heard.produce(peer, microphone);
    const told = heard.ended.next();
    const { id: transportId } = await peer.createTransport('send');
    expect(await told).toBe(microphone.producerId);
    expect(await code(producer.pause())).toBe('NOT_FOUND');
    expect(await code(heard.produce(peer, audio({ producerId: microphone.producerId })))).toBe(null);
    expect((await peer.restartIce(transportId)).usernameFragment).toBeTruthy();
  });

  test('two of a direction in one flight leave the later', async () => {
    const peer = openParticipant(room);
    const [first, second] = await Promise.allSettled([peer.createTransport('send'), peer.createTransport('send')]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
    expect(second.status).toBe('fulfilled');
    await heard.produce(peer, audio());
  });

  test('ICE is restarted on one’s own only', async () => {
    const mine = openParticipant(room);
    const { id, iceParameters } = await mine.createTransport('recv');
    const restart = await mine.restartIce(id);
    expect(restart.usernameFragment).not.toBe(iceParameters.usernameFragment);
    expect(await code((await heard.sender(room)).restartIce(id))).toBe('NOT_FOUND');
  });
});
