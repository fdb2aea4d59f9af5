import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BURST_PER_SOCKET } from '../../../src-shared/limits.ts';
import type { CreatedRoom } from '../../../src-shared/protocol/index.ts';
import { simulcast, dtls } from '../media/testing.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

let host: LiveHost;
let room: CreatedRoom;

beforeAll(async () => {
  host = await startLiveHost();
});

beforeEach(async () => {
  room = await host.makeRoom();
});

afterEach(() => host.disconnectAll());

afterAll(() => host.close());

const refused = (code: string) => ({ code, message: expect.any(String) as string });

/** What a browser's camera sends, as `produce` has it. */
function camera() {
  const { kind, rtpParameters } = simulcast();
  return { kind, rtpParameters };
}

describe('media', () => {
  it('goes from one to the other in one flight each way', async () => {
    const ada = host.connect();
    await ada.join(room.roomId, 'ada');
    const bo = host.connect();
    await bo.join(room.roomId, 'bo');
    const producerId = crypto.randomUUID();
    const [transport, , produced] = await Promise.all([
      ada.ask('createProducerTransport', {}),
      ada.ask('connectProducerTransport', { dtlsParameters: dtls }),
      ada.ask('produce', { ...camera(), producerId }),
      ada.ask('pauseProducer', { producerId }),
    ]);
    expect(produced).toEqual({ producerId });
    await expect(ada.ask('restartIce', { transportId: transport.id })).resolves.toHaveProperty('iceParameters');
    await expect(bo.next('newProducer')).resolves.toMatchObject({ producerId, userId: 'ada', source: 'camera' });
    for (const participant of [ada, bo])
      await expect(participant.next('producerPaused')).resolves.toEqual({ producerId });

    const rtpCapabilities = await bo.capabilities(room.roomId);
    await expect(bo.ask('consumeAll', { rtpCapabilities })).rejects.toMatchObject(refused('NOT_FOUND'));
    const [, { consumers }] = await Promise.all([
      bo.ask('createConsumerTransport', {}),
      bo.ask('consumeAll', { rtpCapabilities }),
    ]);
    expect(consumers).toEqual([expect.objectContaining({ producerId, type: 'simulcast', producerPaused: true })]);
    await expect(bo.ask('consume', { producerId, rtpCapabilities })).rejects.toMatchObject(refused('CONFLICT'));
    const consumerId = consumers[0]?.id ?? '';
    await bo.ask('resumeConsumer', { consumerId });
    await bo.ask('pauseConsumer', { consumerId });
    await bo.ask('resumeConsumers', { consumerIds: [consumerId] });
    await bo.ask('setPreferredLayers', { consumerId, spatialLayer: 1 });
    await expect(ada.ask('resumeConsumer', { consumerId })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(bo.ask('closeProducer', { producerId })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(bo.ask('getProducers', {})).resolves.toMatchObject({ producers: [{ producerId, paused: true }] });

    await ada.ask('resumeProducer', { producerId });
    await expect(bo.next('producerResumed')).resolves.toEqual({ producerId });
    await ada.ask('closeProducer', { producerId });
    for (const participant of [ada, bo])
      await expect(participant.next('producerClosed')).resolves.toEqual({ producerId });
  });

  it('is ready before the join, which then only flips it', async () => {
    const ada = host.connect();
    await ada.connected();
    const rtpCapabilities = await ada.capabilities(room.roomId);
    const joined = await ada.join(room.roomId, 'ada', { rtpCapabilities, transports: true });
    expect(joined).toMatchObject({ sendTransport: {}, recvTransport: {}, consumers: [] });
    const first = await ada.ask('produce', camera());

    const user = await host.connect().connected();
    const prepared = await user.ask('prepare', { roomId: room.roomId, rtpCapabilities });
    expect(prepared.consumers.map(({ producerId }) => producerId)).toEqual([first.producerId]);
    expect(prepared.sendTransport.sctpParameters).toBeDefined();
    const held = await user.ask('produce', { ...camera(), held: true });
    expect(ada.names).toEqual(['connection-success']);

    const told = new Promise((resolve) => ada.socket.once('peer-joined', (...all: unknown[]) => resolve(all)));
    const answer = await user.join(room.roomId, 'guest');
    // What follows the payload is Socket.IO's own, for recovery.
    await expect(told).resolves.toEqual([expect.objectContaining({ userId: 'guest' }), expect.any(String)]);
    expect(answer.producers.map(({ producerId }) => producerId)).toEqual([first.producerId]);
    await expect(ada.next('peer-joined')).resolves.toMatchObject({ userId: 'guest' });
    await expect(ada.next('newProducer')).resolves.toMatchObject({ ...held, paused: false });
    await expect(ada.next('newConsumer')).resolves.toMatchObject({ ...held, producerPaused: false });
  });
});

describe('coming and going', () => {
  it('twice on one socket is a conflict', async () => {
    const ada = host.connect();
    await ada.join(room.roomId, 'ada');
    await expect(ada.join(room.roomId, 'ada')).rejects.toMatchObject(refused('CONFLICT'));
  });

  it('again with the session token replaces the old socket', async () => {
    const ada = host.connect();
    const { sessionToken } = await ada.join(room.roomId, 'ada', { token: room.hostToken });
    const bo = host.connect();
    await bo.join(room.roomId, 'bo');
    const again = host.connect();
    await expect(again.join(room.roomId, 'ada', {})).rejects.toMatchObject(refused('CONFLICT'));
    const answer = await again.join(room.roomId, 'Ada', { userId: undefined, sessionToken });
    expect(answer).toMatchObject({ userId: 'ada', role: 'host', sessionToken });
    await expect(ada.next('removed')).resolves.toHaveProperty('reason');
    await expect(bo.next('participantUpdated')).resolves.toMatchObject({
      participant: { userId: 'ada', socketId: again.socket.id },
    });
  });

  it('takes the token of the connection', async () => {
    const owner = host.connect({ auth: { token: room.hostToken } });
    const standIn = host.connect();
    await standIn.join(room.roomId, 'stand-in');
    await expect(owner.join(room.roomId, 'owner')).resolves.toMatchObject({ isHost: true });
  });

  it('by one’s own will is at once', async () => {
    const ada = host.connect();
    await ada.join(room.roomId, 'ada');
    const bo = host.connect();
    await bo.join(room.roomId, 'bo');
    const socketId = bo.socket.id;
    bo.socket.disconnect();
    await expect(ada.next('peerLeft')).resolves.toEqual({ socketId, userId: 'bo' });
    expect(ada.names).not.toContain('participantUpdated');
  });

  it('by a lost network keeps the membership, and nothing told meanwhile is missed', async () => {
    const ada = host.connect();
    await ada.join(room.roomId, 'ada');
    const bo = host.connect({ reconnectionDelay: 1, reconnectionDelayMax: 2 });
    await bo.join(room.roomId, 'bo');
    const back = new Promise<boolean>((resolve) => bo.socket.once('connect', () => resolve(bo.socket.recovered)));
    bo.socket.io.reconnection(false);
    bo.socket.io.engine.close();
    await ada.next('participantUpdated', ({ participant }) => participant.connection === 'lost');
    await ada.ask('sendMessage', { roomId: room.roomId, message: 'are you there?' });
    bo.socket.io.reconnection(true);
    bo.socket.connect();
    await expect(back).resolves.toBe(true);
    await expect(bo.next('newMessage')).resolves.toMatchObject({ message: 'are you there?' });
    await ada.next('participantUpdated', ({ participant }) => participant.connection === 'ok');
    await bo.ask('raiseHand', { raised: true });
    await ada.next('participantUpdated', ({ participant }) => participant.hand);
  });

  it('keeps the order of what is told', async () => {
    const ada = host.connect();
    await ada.join(room.roomId, 'ada');
    const texts = Array.from({ length: MAX_MESSAGE_BURST_PER_SOCKET }, (_, index) => `message ${index}`);
    await Promise.all(texts.map((message) => ada.ask('sendMessage', { roomId: room.roomId, message })));
    for (const message of texts) await expect(ada.next('newMessage')).resolves.toMatchObject({ message });
  });
});
