/** What a client is told when its lost connection is recovered. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { observeConsumers, simulcast } from '../media/testing.ts';
import { type LiveHost, type LivePerson, startLiveHost } from '../testing.ts';

const consumers = observeConsumers();
let host: LiveHost;

beforeAll(async () => {
  host = await startLiveHost();
});

afterEach(() => host.disconnectAll());

afterAll(() => host.close());

/** Ada, who sends a camera, and Bo, who receives it. */
async function cameraToBo() {
  const { roomId } = await host.makeRoom();
  const ada = host.connect();
  await ada.join(roomId, 'ada');
  await ada.ask('createProducerTransport', {});
  const { kind, rtpParameters } = simulcast();
  await ada.ask('produce', { kind, rtpParameters });
  const bo = host.connect({ reconnection: false });
  await bo.join(roomId, 'bo');
  await bo.ask('createConsumerTransport', {});
  const rtpCapabilities = await bo.capabilities(roomId);
  const [camera] = (await bo.ask('consumeAll', { rtpCapabilities })).consumers;
  const consumer = consumers.find(({ id }) => id === camera?.id);
  if (!consumer) throw new Error('Bo receives nothing.');
  /** Tells Bo as if the worker had: it changes layers by itself only while RTP flows. */
  const showLayer = (spatialLayer: number) => consumer.emit('layerschange', { spatialLayer, temporalLayer: 0 });
  return { roomId, ada, bo, showLayer };
}

/** Ends the connection without saying so; resolves when others see that it is lost. */
async function lose(person: LivePerson, witness: LivePerson): Promise<void> {
  person.socket.io.engine.close();
  await witness.next('participantUpdated', ({ participant }) => participant.connection === 'lost');
}

async function comeBack({ socket }: LivePerson): Promise<boolean> {
  const back = new Promise<boolean>((resolve) => socket.once('connect', () => resolve(socket.recovered)));
  socket.connect();
  return back;
}

it('a message is kept for a lost connection, and a change of layers is not', async () => {
  const { roomId, ada, bo, showLayer } = await cameraToBo();
  // Volatile: one that meets a busy connection is dropped.
  await vi.waitFor(() => {
    showLayer(2);
    expect(bo.names).toContain('consumerLayersChanged');
  });
  await lose(bo, ada);
  bo.forget();
  showLayer(1);
  await ada.ask('sendMessage', { roomId, message: 'are you there?' });
  await expect(comeBack(bo)).resolves.toBe(true);
  await expect(bo.next('newMessage')).resolves.toMatchObject({ message: 'are you there?' });
  // Whatever was kept comes before this answer.
  await bo.ask('ping', {});
  expect(bo.names).not.toContain('consumerLayersChanged');
});
