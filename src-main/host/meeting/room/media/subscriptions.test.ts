import { describe, expect, it } from 'vitest';
import { MAX_CONSUMERS_PER_PARTICIPANT, MAX_PRODUCERS_PER_PARTICIPANT } from '../../../../../src-shared/limits.ts';
import { capabilities, hostOneRoom, rtpParameters } from '../../testing.ts';
import { SHED_MS } from './layer-demand.ts';

const camera = { kind: 'video', rtpParameters } as const;
const heldCamera = { ...camera, held: true } as const;

/** Lets everything that is on its way arrive; the media here answers in microtasks. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a prepared person', () => {
  it('is told together of what somebody brings together', async () => {
    const { join, prepare, roomId, media } = await hostOneRoom();
    const user = await prepare('guest');
    const ada = await prepare('ada');
    const [first, second] = [await ada.produce(heldCamera), await ada.produce(heldCamera)];
    const slow = Promise.withResolvers<undefined>();
    media.slow.set(first.producerId, slow.promise);
    await ada.joinRoom({ roomId, userName: 'Ada' });
    await settled();
    expect(user.connection.takeNames()).toEqual([]);
    const third = await (await join('bo')).produce(camera);
    await settled();
    slow.resolve(undefined);
    await settled();
    const made = user.connection.told('newConsumer').map(({ producerId }) => producerId);
    expect(made).toEqual([third, first, second].map(({ producerId }) => producerId));
  });

  it('who joins gets flowing what they were told of, and nothing else', async () => {
    const { join, prepare, roomId, media } = await hostOneRoom();
    const ada = await join('ada');
    const user = await prepare('guest');
    const [known, coming] = [crypto.randomUUID(), crypto.randomUUID()];
    await ada.produce({ ...camera, producerId: known });
    await settled();
    const slow = Promise.withResolvers<undefined>();
    media.slow.set(coming, slow.promise);
    await ada.produce({ ...camera, producerId: coming });
    await settled();
    await user.joinRoom({ roomId, userName: 'Guest' });
    slow.resolve(undefined);
    await settled();
    const told = user.connection.told('newConsumer');
    expect(told.map(({ producerId }) => producerId)).toEqual([known, coming]);
    expect(told.map(({ id }) => media.consumers.get(id)?.paused)).toEqual([false, true]);
  });

  it('is not told of a consumer that was replaced while others were made', async () => {
    const { join, prepare, media } = await hostOneRoom();
    const ada = await join('ada');
    const user = await prepare('guest');
    const [early, late] = [crypto.randomUUID(), crypto.randomUUID()];
    const slow = Promise.withResolvers<undefined>();
    media.slow.set(late, slow.promise);
    await Promise.all([early, late].map((producerId) => ada.produce({ ...camera, producerId })));
    await settled();
    await user.createConsumerTransport({});
    const asked = user.consumeAll({ rtpCapabilities: capabilities });
    slow.resolve(undefined);
    const { consumers } = await asked;
    await settled();
    expect(consumers.map(({ producerId }) => producerId)).toEqual([early, late]);
    expect(user.connection.told('newConsumer')).toEqual([]);
  });
});

describe('more than one person can receive', () => {
  /** A room in which one more is sent than one person can receive. */
  async function crowded() {
    const host = await hostOneRoom();
    const producerIds: string[] = [];
    const senders: Awaited<ReturnType<typeof host.join>>[] = [];
    while (producerIds.length <= MAX_CONSUMERS_PER_PARTICIPANT) {
      const sender = await host.join(`sender ${producerIds.length}`);
      senders.push(sender);
      const missing = MAX_CONSUMERS_PER_PARTICIPANT + 1 - producerIds.length;
      const cameras = Array.from({ length: Math.min(missing, MAX_PRODUCERS_PER_PARTICIPANT) }, () => camera);
      const made = await Promise.all(cameras.map((one) => sender.produce(one)));
      producerIds.push(...made.map(({ producerId }) => producerId));
      // What this many people tell everybody takes longer than a moment.
      host.clock.advance(10_000);
    }
    return { ...host, senders, producerIds };
  }

  it('is left out of all at once, and refused when asked for', async () => {
    const { join, prepare, producerIds } = await crowded();
    const received = producerIds.slice(0, -1);
    const { prepared } = await prepare('guest');
    expect(prepared.consumers.map(({ producerId }) => producerId)).toEqual(received);
    const bo = await join('bo', { rtpCapabilities: capabilities, transports: true });
    expect(bo.answer.consumers?.map(({ producerId }) => producerId)).toEqual(received);
    const asked = bo.consume({ producerId: producerIds.at(-1) ?? '', rtpCapabilities: capabilities });
    await expect(asked).rejects.toMatchObject({ code: 'LIMIT' });
  });

  it('comes with the next that is asked for all, when there is space for it', async () => {
    const { join, senders, producerIds } = await crowded();
    const bo = await join('bo', { rtpCapabilities: capabilities, transports: true });
    await senders[0]?.closeProducer({ producerId: producerIds[0] ?? '' });
    const { consumers } = await bo.consumeAll({ rtpCapabilities: capabilities });
    expect(consumers.map(({ producerId }) => producerId)).toEqual([producerIds.at(-1)]);
  });
});

describe('resuming', () => {
  it('asks once for each that is named, however often', async () => {
    const { join, media } = await hostOneRoom();
    const ada = await join('ada');
    await ada.produce(camera);
    await ada.produce(camera);
    const bo = await join('bo', { rtpCapabilities: capabilities, transports: true });
    const [first = '', second = ''] = bo.answer.consumers?.map(({ id }) => id) ?? [];
    const consumerIds = [...Array.from({ length: MAX_CONSUMERS_PER_PARTICIPANT - 1 }, () => first), second];
    await bo.resumeConsumers({ consumerIds });
    const resumed = media.calls.filter((call) => call.startsWith('resumeConsumer'));
    expect(resumed).toEqual([first, second].map((id) => `resumeConsumer ${id}`));
  });
});

describe('a request about several consumers', () => {
  it('pauses each that is there, and says that another is not', async () => {
    const { join, media } = await hostOneRoom();
    const ada = await join('ada');
    await ada.produce(camera);
    await ada.produce(camera);
    const bo = await join('bo', { rtpCapabilities: capabilities, transports: true });
    const consumerIds = bo.answer.consumers?.map(({ id }) => id) ?? [];
    const paused = () => consumerIds.map((id) => media.consumers.get(id)?.paused);
    await bo.resumeConsumers({ consumerIds });
    expect(paused()).toEqual([false, false]);
    const pausing = bo.pauseConsumers({ consumerIds: [crypto.randomUUID(), ...consumerIds] });
    await expect(pausing).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(paused()).toEqual([true, true]);
  });

  it('sets the layers of each once, as its last entry says', async () => {
    const { join, media } = await hostOneRoom();
    const ada = await join('ada');
    await ada.produce(camera);
    await ada.produce(camera);
    const bo = await join('bo', { rtpCapabilities: capabilities, transports: true });
    const [first = '', second = ''] = bo.answer.consumers?.map(({ id }) => id) ?? [];
    await bo.setLayers({
      layers: [
        { consumerId: first, spatialLayer: 0 },
        { consumerId: second, spatialLayer: 1, temporalLayer: 2 },
        { consumerId: first, spatialLayer: 2 },
      ],
    });
    expect(media.layers).toEqual(
      new Map([
        [first, { spatialLayer: 2 }],
        [second, { spatialLayer: 1, temporalLayer: 2 }],
      ]),
    );
    expect(media.calls.filter((call) => call.startsWith('setPreferredLayers'))).toHaveLength(2);
  });
});

describe('the layers wanted of a publication', () => {
  /** Somebody who sends a picture of three layers, and somebody who can receive it. */
  async function watched() {
    const host = await hostOneRoom();
    const ada = await host.join('ada');
    const { producerId } = await ada.produce(camera);
    const wanted = () =>
      ada.connection
        .told('producerLayersWanted')
        .map((told) => (told.producerId === producerId ? told.spatialLayer : null));
    return { ...host, ada, producerId, wanted };
  }

  it('follow who watches: less after a while, more at once', async () => {
    const { clock, join, ada, producerId, wanted } = await watched();
    clock.advance(SHED_MS);
    expect(wanted()).toEqual([-1]);
    const bo = await join('bo');
    await bo.createConsumerTransport({});
    const { id: consumerId } = await bo.consume({ producerId, rtpCapabilities: capabilities });
    expect(wanted()).toEqual([-1, 0]);
    await bo.resumeConsumer({ consumerId });
    expect(wanted()).toEqual([-1, 0, 2]);
    await bo.setPreferredLayers({ consumerId, spatialLayer: 1, temporalLayer: 2 });
    clock.advance(SHED_MS);
    expect(wanted()).toEqual([-1, 0, 2, 1]);
    await bo.leaveRoom({});
    clock.advance(SHED_MS);
    expect(wanted()).toEqual([-1, 0, 2, 1, -1]);
    await ada.closeProducer({ producerId });
  });

  it('are none of someone who pauses what never ran', async () => {
    const { clock, join, producerId, wanted } = await watched();
    const bo = await join('bo');
    await bo.createConsumerTransport({});
    const { id: consumerId } = await bo.consume({ producerId, rtpCapabilities: capabilities });
    clock.advance(SHED_MS);
    expect(wanted()).toEqual([0]);
    await bo.pauseConsumer({ consumerId });
    clock.advance(SHED_MS);
    expect(wanted()).toEqual([0, -1]);
  });

  it('are less once who has prepared to watch goes away', async () => {
    const { clock, prepare, wanted } = await watched();
    const guest = await prepare('guest');
    clock.advance(SHED_MS);
    expect(wanted()).toEqual([0]);
    await guest.leaveRoom({});
    clock.advance(SHED_MS);
    expect(wanted()).toEqual([0, -1]);
  });

  it('are not told of sound, of what is paused, and of what has ended', async () => {
    const { clock, join } = await hostOneRoom();
    const ada = await join('ada');
    await ada.produce({ kind: 'audio', rtpParameters });
    const { producerId } = await ada.produce({ ...camera, paused: true });
    const ended = await ada.produce(camera);
    await ada.closeProducer(ended);
    clock.advance(SHED_MS);
    expect(ada.connection.told('producerLayersWanted')).toEqual([]);
    await ada.resumeProducer({ producerId });
    clock.advance(SHED_MS);
    expect(ada.connection.told('producerLayersWanted')).toEqual([{ producerId, spatialLayer: -1 }]);
  });
});
