import { describe, expect, it } from 'vitest';
import { MAX_PREPARED_PER_ROOM, MAX_PREPARED_PER_ROOM_AND_ADDRESS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { capabilities, hostOneRoom, rtpParameters } from '../testing.ts';

const camera = { kind: 'video', rtpParameters } as const;
const heldCamera = { ...camera, held: true } as const;

/** Lets everything that is on its way arrive; the media here answers in microtasks. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a prepared person', () => {
  it('has transports with data, a warm-up and a paused consumer of everything', async () => {
    const { join, prepare, media } = await hostOneRoom();
    const ada = await join('ada');
    const { producerId } = await ada.produce(camera);
    const { prepared } = await prepare('guest');
    expect(prepared.consumers.map((consumer) => consumer.producerId)).toEqual([producerId]);
    expect(prepared.consumers[0]?.producerPaused).toBe(false);
    expect(media.calls).toContain('createTransport send with data');
    expect(media.calls).toContain('createTransport recv with data');
    expect(prepared.warmUp.id).toBe('warm');
    expect([...media.consumers.values()]).toEqual([{ paused: true }]);
  });

  it('is seen by nobody, nor is what they hold', async () => {
    const { join, prepare, rooms, roomId, media } = await hostOneRoom();
    const ada = await join('ada');
    const user = await prepare('guest');
    const { producerId } = await user.produce(heldCamera);
    expect(ada.connection.events).toEqual([]);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(1);
    expect(await ada.getProducers({})).toEqual({ producers: [] });
    expect(media.producers.get(producerId)).toEqual({ paused: true });
    await expect(async () => ada.consume({ producerId, rtpCapabilities: capabilities })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await user.closeProducer({ producerId });
    await user.leaveRoom({});
    expect(ada.connection.events).toEqual([]);
  });

  it('is told of consumers and closed producers and nothing else', async () => {
    const { join, prepare } = await hostOneRoom();
    const user = await prepare('guest');
    const ada = await join('ada');
    await ada.raiseHand({ raised: true });
    const { producerId } = await ada.produce(camera);
    await settled();
    await ada.pauseProducer({ producerId });
    await ada.closeProducer({ producerId });
    expect(user.connection.takeNames()).toEqual(['newConsumer', 'producerClosed']);
  });

  it('may send held things only, and not act among people', async () => {
    const { prepare, roomId } = await hostOneRoom();
    const user = await prepare('guest');
    await expect(user.produce(camera)).rejects.toMatchObject({ code: 'NOT_JOINED' });
    await expect(user.sendMessage({ roomId, message: 'hello' })).rejects.toBeInstanceOf(ProtocolError);
    await expect(user.getProducers({})).rejects.toBeInstanceOf(ProtocolError);
  });

  it('gets nothing flowing by resuming', async () => {
    const { join, prepare, media } = await hostOneRoom();
    const ada = await join('ada');
    await ada.produce(camera);
    const user = await prepare('guest');
    const consumerIds = user.prepared.consumers.map(({ id }) => id);
    await user.resumeConsumers({ consumerIds });
    expect([...media.consumers.values()]).toEqual([{ paused: true }]);
  });

  it('may prepare again, which replaces what was made', async () => {
    const { prepare, roomId, media } = await hostOneRoom();
    const user = await prepare('guest');
    await user.prepare({ roomId, rtpCapabilities: capabilities });
    expect(media.calls.filter((call) => call === 'close')).toHaveLength(1);
    await expect(user.joinRoom({ roomId, userName: 'guest' })).resolves.toMatchObject({ role: 'host' });
  });

  it('is one of a bounded number', async () => {
    const { connect, roomId } = await hostOneRoom();
    const prepareFrom = (index: number) =>
      connect(`socket${index}`, `192.0.2.${index}`).prepare({ roomId, rtpCapabilities: capabilities });
    for (let index = 0; index < MAX_PREPARED_PER_ROOM; index++) await prepareFrom(index);
    await expect(prepareFrom(MAX_PREPARED_PER_ROOM)).rejects.toMatchObject({ code: 'LIMIT' });
  });
});

it('those of one address who prepare leave others room to, and may still join', async () => {
  const { connect, roomId } = await hostOneRoom();
  let made = 0;
  const from = (remoteAddress: string) => connect(`socket${made++}`, remoteAddress);
  const prepare = (remoteAddress: string) => from(remoteAddress).prepare({ roomId, rtpCapabilities: capabilities });
  for (let index = 0; index < MAX_PREPARED_PER_ROOM_AND_ADDRESS; index++) await prepare(`2001:db8:1:1::${index}`);
  await expect(prepare('2001:db8:1:1::ffff')).rejects.toMatchObject({ code: 'LIMIT' });
  await expect(prepare('192.0.2.9')).resolves.toBeDefined();
  await expect(from('198.51.100.1').reserve({ roomId })).resolves.toBeDefined();
  const joined = from('2001:db8:1:1::ffff').joinRoom({
    roomId,
    userName: 'ada',
    rtpCapabilities: capabilities,
    transports: true,
  });
  await expect(joined).resolves.toMatchObject({ role: 'host' });
});

describe('a reserved place', () => {
  it('has both transports, nothing on them, and is seen by nobody', async () => {
    const { join, connect, roomId, media, rooms } = await hostOneRoom();
    const ada = await join('ada');
    await ada.produce(camera);
    const user = connect('guest');
    await expect(user.reserve({ roomId })).resolves.toEqual({
      routerRtpCapabilities: capabilities,
      sendTransport: expect.objectContaining({ id: 'send' }) as object,
      recvTransport: expect.objectContaining({ id: 'recv' }) as object,
    });
    await ada.produce(camera);
    await settled();
    expect(media.calls).not.toContain('createTransport send with data');
    expect(media.consumers.size).toBe(0);
    expect(user.connection.events).toEqual([]);
    expect(ada.connection.events).toEqual([]);
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(1);
  });

  it('needs what preparing needs', async () => {
    const { connect, roomId } = await hostOneRoom();
    const user = connect('guest');
    await expect(user.reserve({ roomId: 'nowhere1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(user.reserve({ roomId, token: 'guess' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await user.joinRoom({ roomId, userName: 'Guest' });
    await expect(user.reserve({ roomId })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('holds what is sent and received until the person joins', async () => {
    const { join, connect, roomId, media } = await hostOneRoom();
    const ada = await join('ada');
    const shown = await ada.produce(camera);
    const user = connect('guest');
    await user.reserve({ roomId });
    const held = await user.produce(heldCamera);
    const consumer = await user.consume({ producerId: shown.producerId, rtpCapabilities: capabilities });
    await user.resumeConsumer({ consumerId: consumer.id });
    expect(media.producers.get(held.producerId)).toEqual({ paused: true });
    expect(media.consumers.get(consumer.id)).toEqual({ paused: true });
    expect(ada.connection.events).toEqual([]);
    await expect(user.joinRoom({ roomId, userName: 'Guest' })).resolves.not.toHaveProperty('sendTransport');
    expect(media.producers.get(held.producerId)).toEqual({ paused: false });
    expect(media.consumers.get(consumer.id)).toEqual({ paused: false });
    expect(ada.connection.takeNames()).toEqual(['peer-joined', 'newProducer']);
  });
});

describe('joining after preparing', () => {
  it('tells gateways with the person what they bring', async () => {
    const { join, prepare, roomId } = await hostOneRoom();
    const ada = await join('ada');
    const user = await prepare('guest');
    const { producerId } = await user.produce(heldCamera);
    await user.joinRoom({ roomId, userName: 'Guest', userId: 'guest' });
    const [joined] = ada.connection.events;
    expect(joined).toEqual([
      'peer-joined',
      expect.objectContaining({ userId: 'guest' }),
      [expect.objectContaining({ producerId, userId: 'guest', userName: 'Guest', source: 'camera' })],
    ]);
    expect(ada.connection.told('newProducer')).toEqual(joined?.[2]);
  });

  it('starts consumers and held producers and announces them, waiting for no media', async () => {
    const { join, prepare, roomId, media } = await hostOneRoom();
    const ada = await join('ada', { rtpCapabilities: capabilities, transports: true });
    await ada.produce(camera);
    const user = await prepare('guest');
    const { producerId } = await user.produce(heldCamera);
    const joining = user.joinRoom({ roomId, userName: 'Guest' });
    expect(ada.connection.takeNames()).toEqual(['peer-joined', 'newProducer']);
    const answer = await joining;
    expect(answer.participants.map(({ userName }) => userName)).toEqual(['ada', 'Guest']);
    expect(answer.producers).toHaveLength(1);
    expect(answer).not.toHaveProperty('sendTransport');
    expect(media.producers.get(producerId)).toEqual({ paused: false });
    const [consumer] = user.prepared.consumers;
    expect(media.consumers.get(consumer?.id ?? '')).toEqual({ paused: false });
    await settled();
    expect(ada.connection.told('newConsumer').map((made) => [made.producerId, made.producerPaused])).toEqual([
      [producerId, false],
    ]);
  });

  it('leaves paused what the person paused before', async () => {
    const { join, prepare, roomId, media } = await hostOneRoom();
    const ada = await join('ada');
    await ada.produce(camera);
    const user = await prepare('guest');
    const muted = await user.produce({ ...heldCamera, paused: true });
    const mutedSince = await user.produce(heldCamera);
    await user.pauseProducer(mutedSince);
    const consumerId = user.prepared.consumers[0]?.id ?? '';
    await user.pauseConsumer({ consumerId });
    await user.joinRoom({ roomId, userName: 'Guest' });
    for (const { producerId } of [muted, mutedSince]) expect(media.producers.get(producerId)).toEqual({ paused: true });
    expect(media.consumers.get(consumerId)).toEqual({ paused: true });
    expect(ada.connection.told('newProducer').map(({ paused }) => paused)).toEqual([true, true]);
  });

  it('announces a held producer that was still being made', async () => {
    const { join, prepare, roomId, media } = await hostOneRoom();
    const ada = await join('ada');
    const user = await prepare('guest');
    const producing = user.produce(heldCamera);
    const joining = user.joinRoom({ roomId, userName: 'Guest' });
    await joining;
    const { producerId } = await producing;
    expect(ada.connection.told('newProducer').map((made) => made.producerId)).toEqual([producerId]);
    expect(media.producers.get(producerId)).toEqual({ paused: false });
  });

  it('waits for a prepare in the same flight', async () => {
    const { connect, roomId } = await hostOneRoom();
    const user = connect('guest');
    const preparing = user.prepare({ roomId, rtpCapabilities: capabilities });
    const answer = await user.joinRoom({ roomId, userName: 'Guest', rtpCapabilities: capabilities, transports: true });
    expect(answer).not.toHaveProperty('sendTransport');
    await expect(preparing).resolves.toHaveProperty('warmUp');
  });

  it('in another room releases what was prepared', async () => {
    const { rooms, prepare, media } = await hostOneRoom();
    const user = await prepare('guest');
    const { roomId } = await rooms.create({ hostName: 'Bo' });
    await user.joinRoom({ roomId, userName: 'Guest' });
    expect(media.calls.filter((call) => call === 'close')).toHaveLength(1);
  });

  it('makes nothing for a connection that has ended meanwhile', async () => {
    const { connect, roomId, rooms } = await hostOneRoom();
    const user = connect('guest');
    const preparing = user.prepare({ roomId, rtpCapabilities: capabilities });
    const joining = user.joinRoom({ roomId, userName: 'Guest' });
    user.session.ended();
    await expect(preparing).rejects.toMatchObject({ code: 'NOT_JOINED' });
    await expect(joining).rejects.toMatchObject({ code: 'NOT_JOINED' });
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(0);
  });
});

describe('joining without preparing', () => {
  it('tells the others once media is ready, and answers transports and paused consumers', async () => {
    const { join, connect, roomId, media } = await hostOneRoom();
    const ada = await join('ada');
    const { producerId } = await ada.produce(camera);
    const user = connect('guest');
    const joining = user.joinRoom({ roomId, userName: 'Guest', rtpCapabilities: capabilities, transports: true });
    expect(ada.connection.takeNames()).toEqual([]);
    const answer = await joining;
    expect(ada.connection.takeNames()).toEqual(['peer-joined']);
    expect(answer.sendTransport?.id).toBe('send');
    expect(answer.recvTransport?.id).toBe('recv');
    expect(answer.consumers?.map((consumer) => consumer.producerId)).toEqual([producerId]);
    expect([...media.consumers.values()]).toEqual([{ paused: true }]);
  });

  it('leaves out what cannot be consumed', async () => {
    const { join, media } = await hostOneRoom();
    const ada = await join('ada');
    const { producerId } = await ada.produce(camera);
    const second = await ada.produce(camera);
    media.unplayable.add(producerId);
    const user = await join('guest', { rtpCapabilities: capabilities, transports: true });
    expect(user.answer.consumers?.map((consumer) => consumer.producerId)).toEqual([second.producerId]);
  });

  it('misses nothing that begins while it is answered', async () => {
    const { join, connect, roomId } = await hostOneRoom();
    const ada = await join('ada');
    const user = connect('guest');
    const joining = user.joinRoom({ roomId, userName: 'Guest', rtpCapabilities: capabilities, transports: true });
    const { producerId } = await ada.produce(camera);
    const answer = await joining;
    await settled();
    const known = [...(answer.consumers ?? []), ...user.connection.told('newConsumer')];
    expect(known.map((consumer) => consumer.producerId)).toEqual([producerId]);
    expect(answer.producers.map((producer) => producer.producerId)).toEqual([producerId]);
  });

  it('offers consumers after a receive transport to those who gave capabilities, and to no one else', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const silent = await join('silent');
    const user = await join('guest', { rtpCapabilities: capabilities });
    await ada.produce(camera);
    await user.createConsumerTransport({});
    await silent.createConsumerTransport({});
    await ada.produce(camera);
    await settled();
    expect(user.connection.told('newConsumer')).toHaveLength(1);
    expect(silent.connection.told('newConsumer')).toHaveLength(0);
    const { consumers } = await user.consumeAll({ rtpCapabilities: capabilities });
    expect(consumers).toHaveLength(1);
  });
});
