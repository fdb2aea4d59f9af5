import { describe, expect, it } from 'vitest';
import { MAX_PRODUCERS_PER_PARTICIPANT } from '../../../../../src-shared/limits.ts';
import { capabilities, hostOneRoom, rtpParameters } from '../../testing.ts';

const camera = { kind: 'video', rtpParameters } as const;

/** Lets everything that is on its way arrive; the media here answers in microtasks. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('producers', () => {
  it('are what their source is', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    await expect(ada.produce({ kind: 'audio', source: 'camera', rtpParameters })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const bo = await join('bo');
    await ada.produce({ kind: 'audio', rtpParameters });
    await ada.produce({ kind: 'video', rtpParameters });
    await ada.produce({ kind: 'audio', source: 'screen-audio', rtpParameters });
    expect(bo.connection.told('newProducer').map(({ source }) => source)).toEqual([
      'microphone',
      'camera',
      'screen-audio',
    ]);
  });

  it('pause, resume and close for everyone, the owner too, each told once', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const { producerId } = await ada.produce(camera);
    for (const connection of [ada.connection, bo.connection]) connection.takeNames();
    await ada.pauseProducer({ producerId });
    await ada.pauseProducer({ producerId });
    await ada.resumeProducer({ producerId });
    await ada.closeProducer({ producerId });
    const told = ['producerPaused', 'producerResumed', 'producerClosed'];
    expect(ada.connection.takeNames()).toEqual(told);
    expect(bo.connection.takeNames()).toEqual(told);
    await expect(ada.closeProducer({ producerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bo.pauseProducer({ producerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are told of once, whenever their owner joins meanwhile', async () => {
    const { connect, prepare, join, roomId, clock } = await hostOneRoom();
    const { connection } = await join('bo');
    for (let later = 0; later < 12; later++) {
      const ada = later % 2 === 0 ? await prepare(`ada-${later}`) : connect(`ada-${later}`);
      const transports = later % 2 === 1;
      const joining = ada.joinRoom({ roomId, userName: 'Ada', rtpCapabilities: capabilities, transports });
      for (let turn = 0; turn < later / 2; turn++) await Promise.resolve();
      const { producerId } = await ada.produce({ ...camera, held: true });
      await joining;
      await settled();
      expect(connection.told('newProducer').filter((told) => told.producerId === producerId)).toHaveLength(1);
      await ada.leaveRoom({});
      clock.advance(60_000);
    }
  });

  it('can be named in the flight that makes them', async () => {
    const { join, media } = await hostOneRoom();
    const ada = await join('ada');
    const producerId = crypto.randomUUID();
    const producing = ada.produce({ ...camera, producerId });
    await Promise.all([producing, ada.pauseProducer({ producerId })]);
    expect(media.producers.get(producerId)).toEqual({ paused: true });
    await expect(ada.produce({ ...camera, producerId })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('are as many as the limit, and one that is closed makes space for another', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const made = await Promise.all(Array.from({ length: MAX_PRODUCERS_PER_PARTICIPANT }, () => ada.produce(camera)));
    await expect(ada.produce(camera)).rejects.toMatchObject({ code: 'LIMIT' });
    await ada.closeProducer(made[0] ?? { producerId: '' });
    await expect(ada.produce(camera)).resolves.toHaveProperty('producerId');
  });

  it('of another person are not theirs to name again, pause or close', async () => {
    const { join } = await hostOneRoom();
    const { producerId } = await (await join('ada')).produce(camera);
    const bo = await join('bo');
    await expect(bo.produce({ ...camera, producerId })).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const asked of [bo.pauseProducer, bo.resumeProducer, bo.closeProducer]) {
      await expect(asked({ producerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('go through the transport that is named, if it is their own', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const dtlsParameters = { fingerprints: [] };
    await ada.connectProducerTransport({ dtlsParameters, transportId: 'send' });
    await expect(ada.produce({ ...camera, transportId: 'send' })).resolves.toHaveProperty('producerId');
    const wrong = [
      ada.connectProducerTransport({ dtlsParameters, transportId: 'recv' }),
      ada.connectConsumerTransport({ dtlsParameters, transportId: 'send' }),
      ada.produce({ ...camera, transportId: 'recv' }),
    ];
    for (const asked of wrong) await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('end with a transport that is made again', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const { producerId } = await ada.produce(camera);
    await ada.createProducerTransport({});
    expect(bo.connection.told('producerClosed')).toEqual([{ producerId }]);
  });
});

it('a restarted media process takes all producers with it, and everyone is told once', async () => {
  const { join, prepare, media } = await hostOneRoom();
  const ada = await join('ada');
  const user = await prepare('guest');
  const { producerId } = await ada.produce(camera);
  await settled();
  ada.connection.takeNames();
  user.connection.takeNames();
  media.room.restarted();
  expect(ada.connection.takeNames()).toEqual(['mediaRestarted']);
  expect(user.connection.takeNames()).toEqual(['mediaRestarted']);
  await expect(ada.pauseProducer({ producerId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const bo = await join('bo');
  expect(bo.answer.producers).toEqual([]);
});

it('a room whose media cannot be made again ends, and everyone is told', async () => {
  const { join, media } = await hostOneRoom();
  const ada = await join('ada');
  media.room.failed();
  expect(ada.connection.told('roomClosed')).toEqual([
    { reason: expect.stringContaining('could not restart') as string },
  ]);
});

it('the active speaker is named by person, told on change only, and silent when they have gone', async () => {
  const { join, media } = await hostOneRoom();
  const ada = await join('ada');
  const bo = await join('bo');
  const { producerId } = await ada.produce({ kind: 'audio', rtpParameters });
  media.room.activeSpeaker(producerId);
  media.room.activeSpeaker(producerId);
  media.room.audioLevels([
    { producerId, dBov: -20 },
    { producerId: crypto.randomUUID(), dBov: -30 },
  ]);
  await ada.leaveRoom({});
  expect(bo.connection.told('activeSpeaker')).toEqual([{ userId: 'ada' }, { userId: null }]);
  expect(bo.connection.told('audioLevels')).toEqual([{ levels: [{ producerId, dBov: -20 }] }]);
});

it('a screen, and the picture of the active speaker, get the bandwidth before the others', async () => {
  const { join, prepare, media } = await hostOneRoom();
  const viewer = await prepare('viewer');
  const ada = await join('ada');
  const { producerId: microphone } = await ada.produce({ kind: 'audio', rtpParameters });
  const { producerId: picture } = await ada.produce(camera);
  const { producerId: screen } = await ada.produce({ ...camera, source: 'screen' });
  await settled();
  const consumerOf = (producerId: string) =>
    viewer.connection.told('newConsumer').find((consumer) => consumer.producerId === producerId)?.id ?? '';
  const priorities = () =>
    media.calls.splice(0).flatMap((call) => /^setConsumerPriority (.*)/.exec(call)?.slice(1) ?? []);
  expect(priorities()).toEqual([`${consumerOf(screen)} 3`]);
  media.room.activeSpeaker(microphone);
  expect(priorities()).toEqual([`${consumerOf(picture)} 2`]);
  media.room.activeSpeaker(null);
  expect(priorities()).toEqual([`${consumerOf(picture)} 1`]);
  media.room.activeSpeaker(microphone);
  await ada.closeProducer({ producerId: picture });
  priorities();
  const { producerId: again } = await ada.produce(camera);
  await settled();
  expect(priorities()).toEqual([`${consumerOf(again)} 2`]);
});
