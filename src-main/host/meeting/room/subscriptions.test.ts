import { describe, expect, it } from 'vitest';
import { MAX_CONSUMERS_PER_PARTICIPANT } from '../../../../src-shared/limits.ts';
import { capabilities, hostOneRoom, rtpParameters } from '../testing.ts';

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
  it('is left out of all at once, and refused when asked for', async () => {
    const { join, prepare, media } = await hostOneRoom();
    const ada = await join('ada');
    const { producerId } = await ada.produce(camera);
    const second = await ada.produce(camera);
    media.tooMany.add(second.producerId);
    const { prepared } = await prepare('guest');
    expect(prepared.consumers.map((consumer) => consumer.producerId)).toEqual([producerId]);
    const bo = await join('bo', { rtpCapabilities: capabilities, transports: true });
    expect(bo.answer.consumers?.map((consumer) => consumer.producerId)).toEqual([producerId]);
    await expect(bo.consume({ ...second, rtpCapabilities: capabilities })).rejects.toMatchObject({ code: 'LIMIT' });
  });

  it('comes with the next that is asked for all, when there is space for it', async () => {
    const { join, media } = await hostOneRoom();
    const ada = await join('ada');
    const first = await ada.produce(camera);
    const second = await ada.produce(camera);
    media.tooMany.add(second.producerId);
    const bo = await join('bo', { rtpCapabilities: capabilities, transports: true });
    await ada.closeProducer(first);
    media.tooMany.clear();
    const { consumers } = await bo.consumeAll({ rtpCapabilities: capabilities });
    expect(consumers.map(({ producerId }) => producerId)).toEqual([second.producerId]);
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
