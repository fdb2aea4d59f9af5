import type { types } from 'mediasoup';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Consumer, parse } from '../../../src-shared/protocol/index.ts';
import type { MediaRoom } from '../meeting/ports.ts';
import { createMedia } from './index.ts';
import {
  addresses,
  audio,
  code,
  consume,
  dtls,
  Heard,
  HeldClock,
  log,
  observeConsumers,
  openParticipant,
  simulcast,
} from './testing.ts';

const consumers = observeConsumers();
const heard = new Heard();
let media: Awaited<ReturnType<typeof createMedia>>;
let room: MediaRoom;

/** mediasoup's own. */
function made(consumerId: string): types.Consumer {
  const consumer = consumers.find(({ id }) => id === consumerId);
  if (!consumer) throw new Error('There is no such consumer');
  return consumer;
}

beforeAll(async () => {
  media = await createMedia({ port: 0, addresses, workerCount: 1, log, clock: new HeldClock() });
});
afterAll(() => media.close());

beforeEach(async () => {
  room = await media.openRoom(heard.room);
  heard.forget();
});
afterEach(() => room.close());

describe('producers', () => {
  test('have the id their owner chose, once', async () => {
    const participant = await heard.sender(room);
    const { producerId } = audio();
    await heard.produce(participant, audio({ producerId }));
    expect(await code(heard.produce(await heard.sender(room), audio({ producerId })))).toBe('CONFLICT');
    const other = audio();
    const both = await Promise.allSettled([1, 2].map(() => heard.produce(participant, other)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('an id is free again when its producer is closed, or was refused', async () => {
    const participant = await heard.sender(room);
    const { producerId } = audio();
    const nonsense = { codecs: [], encodings: [] };
    expect(await code(heard.produce(participant, audio({ producerId, rtpParameters: nonsense })))).toBe('BAD_REQUEST');
    const producer = await heard.produce(participant, audio({ producerId }));
    producer.close();
    producer.close();
    await heard.produce(participant, audio({ producerId }));
    expect(heard.ended.all).toEqual([]);
  });

  test('say how many layers they can send', async () => {
    const participant = await heard.sender(room);
    const tops = await Promise.all([audio(), simulcast()].map((options) => heard.produce(participant, options)));
    expect(tops.map(({ topLayer }) => topLayer)).toEqual([0, 2]);
  });

  test('end unheard when their owner leaves', async () => {
    const participant = await heard.sender(room);
    const camera = simulcast();
    const producer = await heard.produce(participant, camera);
    const viewer = await heard.receiver(room);
    participant.close();
    participant.close();
    await media.openRoom(heard.room).then((other) => other.close());
    expect(await code(consume(viewer, camera.producerId, room.rtpCapabilities))).toBe('NOT_FOUND');
    expect(await code(producer.resume())).toBe('NOT_FOUND');
    expect(heard.ended.all).toEqual([]);
  });
});

describe('a transport', () => {
  test('that is named must be their own of that direction, and the latest', async () => {
    const participant = openParticipant(room);
    const [earlier, recv] = [await participant.createTransport('send'), await participant.createTransport('recv')];
    const send = await participant.createTransport('send');
    for (const { id: transportId } of [earlier, recv]) {
      expect(await code(participant.connectTransport('send', dtls, transportId))).toBe('NOT_FOUND');
      expect(await code(heard.produce(participant, audio({ transportId })))).toBe('NOT_FOUND');
    }
    expect(await code(participant.connectTransport('recv', dtls, send.id))).toBe('NOT_FOUND');
    expect(await code(participant.connectTransport('send', dtls, send.id))).toBe(null);
    expect(await code(participant.connectTransport('recv', { ...dtls, role: 'server' }, recv.id))).toBe(null);
    expect(await code(heard.produce(participant, audio({ transportId: send.id })))).toBe(null);
  });
});

describe('consumers', () => {
  test('are paused and as the contract describes them', async () => {
    const id = await heard.produced(await heard.sender(room), simulcast({ paused: true }));
    const viewer = await heard.receiver(room);
    const { description } = await consume(viewer, id, room.rtpCapabilities);
    expect(parse(Consumer, description)).toEqual(description);
    expect(description).toMatchObject({ producerId: id, kind: 'video', type: 'simulcast', producerPaused: true });
    expect(made(description.id).paused).toBe(true);
  });

  test('are paused, resumed, sent other layers and given priority, until they end', async () => {
    const camera = simulcast();
    const producer = await heard.produce(await heard.sender(room), camera);
    const consumer = await consume(await heard.receiver(room), camera.producerId, room.rtpCapabilities);
    const actual = made(consumer.description.id);
    expect(actual.priority).toBe(1);
    await consumer.resume();
    await consumer.setPriority(255);
    await consumer.setPreferredLayers({ spatialLayer: 1, temporalLayer: 2 });
    expect(actual).toMatchObject({
      paused: false,
      priority: 255,
      preferredLayers: { spatialLayer: 1, temporalLayer: 2 },
    });
    await consumer.pause();
    expect(actual.paused).toBe(true);
    producer.close();
    await once(actual.observer, 'close');
    const late = [consumer.resume(), consumer.setPriority(1), consumer.setPreferredLayers({ spatialLayer: 0 })];
    expect(await Promise.all(late.map(code))).toEqual(late.map(() => 'NOT_FOUND'));
  });

  test('create and consume may come in one flight', async () => {
    const id = await heard.produced(await heard.sender(room), audio());
    const viewer = openParticipant(room);
    const [, , { description }] = await Promise.all([
      viewer.createTransport('recv'),
      viewer.connectTransport('recv', { ...dtls, role: 'server' }),
      consume(viewer, id, room.rtpCapabilities),
    ]);
    expect(description.producerId).toBe(id);
  });

  test('end with the receive transport that is made anew', async () => {
    const id = await heard.produced(await heard.sender(room), audio());
    const viewer = await heard.receiver(room);
    const consumer = await consume(viewer, id, room.rtpCapabilities);
    await viewer.createTransport('recv');
    expect(await code(consumer.resume())).toBe('NOT_FOUND');
    await consume(viewer, id, room.rtpCapabilities);
  });

  test('only of what the device can play, and of this room', async () => {
    const id = await heard.produced(await heard.sender(room), simulcast());
    const viewer = await heard.receiver(room);
    expect(await code(consume(viewer, id, { codecs: [] }))).toBe('CANNOT_CONSUME');
    expect(await code(consume(viewer, crypto.randomUUID(), room.rtpCapabilities))).toBe('NOT_FOUND');
    const elsewhere = await media.openRoom(heard.room);
    const stranger = await heard.receiver(elsewhere);
    expect(await code(consume(stranger, id, elsewhere.rtpCapabilities))).toBe('NOT_FOUND');
    elsewhere.close();
  });
});
