import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_CONSUMERS_PER_PARTICIPANT, MAX_PRODUCERS_PER_PARTICIPANT } from '../../../src-shared/limits.ts';
import { Consumer, parse, ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { MediaRoom } from '../meeting/ports.ts';
import { createMedia } from './index.ts';
import { SHED_MS } from './rtp/layers.ts';
import { addresses, audio, code, dtls, Heard, HeldClock, log, observeConsumers, simulcast } from './testing.ts';

const consumers = observeConsumers();

const clock = new HeldClock();
const heard = new Heard();
let media: Awaited<ReturnType<typeof createMedia>>;
let room: MediaRoom;

beforeAll(async () => {
  media = await createMedia({ port: 0, addresses, workerCount: 1, log, clock });
});
afterAll(() => media.close());

beforeEach(async () => {
  room = await media.openRoom(heard.room);
  heard.forget();
});
afterEach(() => room.close());

describe('producers', () => {
  test('have the id their owner chose, once', async () => {
    const peer = await heard.sender(room);
    const producerId = crypto.randomUUID();
    expect(await peer.produce(audio({ producerId }))).toBe(producerId);
    expect(await code((await heard.sender(room)).produce(audio({ producerId })))).toBe('CONFLICT');
    const both = await Promise.allSettled(
      [1, 2].map(() => peer.produce(audio({ producerId: '6e9ad1d5-5df4-4ef0-9a4c-0d7b0a4f4f11' }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('an id is free again when its producer is closed, or was refused', async () => {
    const peer = await heard.sender(room);
    const producerId = crypto.randomUUID();
    const nonsense = { codecs: [], encodings: [] };
    expect(await code(peer.produce(audio({ producerId, rtpParameters: nonsense })))).toBe('BAD_REQUEST');
    await peer.produce(audio({ producerId }));
    peer.closeProducer(producerId);
    expect(await peer.produce(audio({ producerId }))).toBe(producerId);
    expect(heard.closed.all).toEqual([]);
  });

  test('are as many as the limit', async () => {
    const peer = await heard.sender(room);
    const made = await Promise.allSettled(
      Array.from({ length: MAX_PRODUCERS_PER_PARTICIPANT + 1 }, () => peer.produce(audio())),
    );
    expect(made.slice(0, -1).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(made.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'LIMIT' } });
  });

  test('of another are not found', async () => {
    const id = await (await heard.sender(room)).produce(audio());
    const other = await heard.sender(room);
    expect(await code(other.pauseProducer(id))).toBe('NOT_FOUND');
    expect(await code(other.resumeProducer(id))).toBe('NOT_FOUND');
    expect(() => other.closeProducer(id)).toThrow(ProtocolError);
  });

  test('end unheard when their owner leaves', async () => {
    const peer = await heard.sender(room);
    const id = await peer.produce(audio());
    const viewer = await heard.receiver(room);
    peer.close();
    peer.close();
    await media.openRoom(heard.room).then((other) => other.close());
    expect(await code(viewer.consume(id, room.rtpCapabilities))).toBe('NOT_FOUND');
    expect(heard.closed.all).toEqual([]);
  });
});

describe('a transport', () => {
  test('that is named must be their own of that direction, and the latest', async () => {
    const peer = heard.openPeer(room);
    const [earlier, recv] = [await peer.createTransport('send'), await peer.createTransport('recv')];
    const send = await peer.createTransport('send');
    for (const { id: transportId } of [earlier, recv]) {
      expect(await code(peer.connectTransport('send', dtls, transportId))).toBe('NOT_FOUND');
      expect(await code(peer.produce(audio({ transportId })))).toBe('NOT_FOUND');
    }
    expect(await code(peer.connectTransport('recv', dtls, send.id))).toBe('NOT_FOUND');
    expect(await code(peer.connectTransport('send', dtls, send.id))).toBe(null);
    expect(await code(peer.connectTransport('recv', { ...dtls, role: 'server' }, recv.id))).toBe(null);
    expect(await code(peer.produce(audio({ transportId: send.id })))).toBe(null);
  });
});

describe('consumers', () => {
  test('are paused and as the contract describes them', async () => {
    const id = await (await heard.sender(room)).produce(simulcast({ paused: true }));
    const viewer = await heard.receiver(room);
    const consumer = await viewer.consume(id, room.rtpCapabilities);
    expect(parse(Consumer, consumer)).toEqual(consumer);
    expect(consumer).toMatchObject({ producerId: id, kind: 'video', type: 'simulcast', producerPaused: true });
    await viewer.resumeConsumer(consumer.id);
    await viewer.pauseConsumer(consumer.id);
  });

  test('are resumed and paused when they are not so already, in the order asked', async () => {
    const id = await (await heard.sender(room)).produce(audio());
    const viewer = await heard.receiver(room);
    const { id: consumerId } = await viewer.consume(id, room.rtpCapabilities);
    const consumer = consumers.at(-1);
    if (consumer?.id !== consumerId) throw new Error('This is not the consumer');
    const [resume, pause] = [vi.spyOn(consumer, 'resume'), vi.spyOn(consumer, 'pause')];
    await viewer.pauseConsumer(consumerId);
    expect(pause).toHaveBeenCalledTimes(0);
    await Promise.all(
      [1, 2, 3].map(() => viewer.resumeConsumer(consumerId).then(() => expect(consumer.paused).toBe(false))),
    );
    await viewer.resumeConsumer(consumerId);
    expect(resume).toHaveBeenCalledTimes(1);
    await Promise.all([viewer.pauseConsumer(consumerId), viewer.resumeConsumer(consumerId)]);
    expect(consumer.paused).toBe(false);
    await Promise.all([viewer.pauseConsumer(consumerId), viewer.pauseConsumer(consumerId)]);
    expect(consumer.paused).toBe(true);
    expect([resume, pause].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
  });

  test('have the priority they are given, for bandwidth that is not enough for all', async () => {
    const producerId = await (await heard.sender(room)).produce(simulcast());
    const viewer = await heard.receiver(room);
    const { id } = await viewer.consume(producerId, room.rtpCapabilities);
    const made = consumers.find((consumer) => consumer.id === id);
    expect(made?.priority).toBe(1);
    await viewer.setConsumerPriority(id, 255);
    expect(made?.priority).toBe(255);
    expect(await code((await heard.receiver(room)).setConsumerPriority(id, 2))).toBe('NOT_FOUND');
  });

  test('create and consume may come in one flight', async () => {
    const id = await (await heard.sender(room)).produce(audio());
    const viewer = heard.openPeer(room);
    const [, , consumer] = await Promise.all([
      viewer.createTransport('recv'),
      viewer.connectTransport('recv', { ...dtls, role: 'server' }),
      viewer.consume(id, room.rtpCapabilities),
    ]);
    expect(consumer.producerId).toBe(id);
  });

  test('are so many at once, and no more', async () => {
    const peers = Math.ceil((MAX_CONSUMERS_PER_PARTICIPANT + 1) / MAX_PRODUCERS_PER_PARTICIPANT);
    const made = Array.from({ length: peers }, async () => {
      const peer = await heard.sender(room);
      return Promise.all(Array.from({ length: MAX_PRODUCERS_PER_PARTICIPANT }, () => peer.produce(audio())));
    });
    const producerIds = (await Promise.all(made)).flat();
    const viewer = await heard.receiver(room);
    const consume = (producerId = '') => viewer.consume(producerId, room.rtpCapabilities);
    await Promise.all(producerIds.slice(0, MAX_CONSUMERS_PER_PARTICIPANT).map(consume));
    expect(await code(consume(producerIds[MAX_CONSUMERS_PER_PARTICIPANT]))).toBe('LIMIT');
  });

  test('one per producer, until the receive transport is made anew', async () => {
    const id = await (await heard.sender(room)).produce(audio());
    const viewer = await heard.receiver(room);
    const { id: consumerId } = await viewer.consume(id, room.rtpCapabilities);
    expect(await code(viewer.consume(id, room.rtpCapabilities))).toBe('CONFLICT');
    await viewer.createTransport('recv');
    expect(await code(viewer.resumeConsumer(consumerId))).toBe('NOT_FOUND');
    await viewer.consume(id, room.rtpCapabilities);
  });

  test('only of what the device can play, and of this room', async () => {
    const peer = await heard.sender(room);
    const id = await peer.produce(simulcast());
    const viewer = await heard.receiver(room);
    expect(await code(viewer.consume(id, { codecs: [] }))).toBe('CANNOT_CONSUME');
    expect(await code(viewer.consume(crypto.randomUUID(), room.rtpCapabilities))).toBe('NOT_FOUND');
    const elsewhere = await media.openRoom(heard.room);
    const stranger = heard.openPeer(elsewhere);
    await stranger.createTransport('recv');
    expect(await code(stranger.consume(id, elsewhere.rtpCapabilities))).toBe('NOT_FOUND');
    elsewhere.close();
  });
});

describe('the layers wanted', () => {
  test('follow who watches: less after a while, more at once', async () => {
    const id = await (await heard.sender(room)).produce(simulcast());
    clock.pass(SHED_MS);
    expect(heard.wanted.all).toEqual([[id, -1]]);
    const viewer = await heard.receiver(room);
    const consumer = await viewer.consume(id, room.rtpCapabilities);
    expect(heard.wanted.all.at(-1)).toEqual([id, 0]);
    await viewer.resumeConsumer(consumer.id);
    expect(heard.wanted.all.at(-1)).toEqual([id, 2]);
    await viewer.setPreferredLayers(consumer.id, { spatialLayer: 1, temporalLayer: 2 });
    clock.pass(SHED_MS);
    expect(heard.wanted.all.at(-1)).toEqual([id, 1]);
    viewer.close();
    await media.openRoom(heard.room).then((other) => other.close());
    clock.pass(SHED_MS);
    expect(heard.wanted.all.at(-1)).toEqual([id, -1]);
  });

  test('are none of someone who pauses what never ran', async () => {
    const id = await (await heard.sender(room)).produce(simulcast());
    const viewer = await heard.receiver(room);
    const consumer = await viewer.consume(id, room.rtpCapabilities);
    clock.pass(SHED_MS);
    expect(heard.wanted.all.at(-1)).toEqual([id, 0]);
    await viewer.pauseConsumer(consumer.id);
    clock.pass(SHED_MS);
    expect(heard.wanted.all.at(-1)).toEqual([id, -1]);
  });

  test('are nothing of sound, and of what is paused', async () => {
    const peer = await heard.sender(room);
    await peer.produce(audio());
    const id = await peer.produce(simulcast({ paused: true }));
    clock.pass(SHED_MS);
    expect(heard.wanted.all).toEqual([]);
    await peer.resumeProducer(id);
    clock.pass(SHED_MS);
    expect(heard.wanted.all).toEqual([[id, -1]]);
  });
});
