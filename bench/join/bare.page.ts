/**
 * What joining takes where there is nothing but the pictures: the same messages, the same media, no
 * meeting around them. Parley's own window is measured beside it, in the same run on the same machine.
 */
import type { types } from 'mediasoup-client';
import { cameraConstraints, microphoneConstraints } from '../../src-renderer/client/devices/constraints.ts';
import { sendPolicy } from '../../src-renderer/client/media/send-policy.ts';
import { Client } from './client.ts';

declare global {
  interface Window {
    prepareBare(roomId: string): Promise<void>;
  }
}

type Consumer = types.ConsumerOptions & { id: string; producerId: string };
interface Prepared {
  sendTransport: types.TransportOptions;
  recvTransport: types.TransportOptions;
  warmUp: types.DataConsumerOptions;
  consumers: Consumer[];
}

const inactive = (encodings: types.RtpEncodingParameters[]) =>
  encodings.map((encoding) => ({ ...encoding, active: false }));

window.prepareBare = async (roomId) => {
  document.body.replaceChildren();
  const client = await Client.connect(roomId);
  const rtpCapabilities = client.device.recvRtpCapabilities;
  const prepared = await client.request<Prepared>('prepare', { roomId, rtpCapabilities });
  const receive = client.receiveTransport(prepared.recvTransport);
  const send = client.sendTransport(prepared.sendTransport, { held: true });

  async function show(consumers: Consumer[]): Promise<string[]> {
    const received = await Promise.all(consumers.map((consumer) => receive.consume(consumer)));
    for (const { producerId, track } of received) element(producerId, new MediaStream([track]), track.kind);
    return received.map(({ id }) => id);
  }

  let joined = false;
  client.on('newConsumer', (consumer: Consumer) => {
    void show([consumer]).then((consumerIds) => joined && client.request('resumeConsumers', { consumerIds }));
  });
  client.on('producerClosed', ({ producerId }: { producerId: string }) => {
    document.getElementById(producerId)?.remove();
  });

  const stream = await navigator.mediaDevices.getUserMedia({
    audio: microphoneConstraints,
    video: cameraConstraints('360p'),
  });
  element('own', stream, 'video');
  await Promise.all([receive.consumeData(prepared.warmUp), show(prepared.consumers)]);
  const producers = await Promise.all(
    stream.getTracks().map((track) => {
      const { encodings, codecOptions } = sendPolicy(track.kind === 'video' ? 'camera' : 'microphone', 360);
      return send.produce({ track, encodings: inactive(encodings), codecOptions });
    }),
  );

  const button = Object.assign(document.createElement('button'), { type: 'submit', textContent: 'Join' });
  async function join(): Promise<void> {
    joined = true;
    button.hidden = true;
    await client.request('joinRoom', { roomId, userName: 'Bare' });
    performance.mark('parley:joined');
    for (const { rtpSender } of producers) {
      const parameters = rtpSender?.getParameters();
      for (const encoding of parameters?.encodings ?? []) encoding.active = true;
      if (parameters) await rtpSender?.setParameters(parameters);
    }
  }
  button.addEventListener('click', () => void join());
  document.body.append(button);
  addEventListener('pagehide', () => void client.request('leaveRoom'));
  performance.mark('parley:ready');
};

function element(id: string, stream: MediaStream, kind: string): void {
  const shown = Object.assign(document.createElement(kind === 'video' ? 'video' : 'audio'), {
    id,
    srcObject: stream,
    muted: kind === 'video',
  });
  if (kind === 'video') Object.assign(shown.dataset, { tile: id });
  document.body.append(shown);
  void shown.play();
}
