/**
 * People who only send: light enough that eight of them leave two cores time to be measured on.
 * Each is a connection of its own with a camera of 640×360 and a microphone.
 */
import { Device, type types } from 'mediasoup-client';
import { io } from 'socket.io-client';

declare global {
  interface Window {
    publish(roomId: string, count: number): Promise<void>;
  }
}

window.publish = async (roomId, count) => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 640, height: 360, frameRate: 20 },
  });
  for (let index = 1; index <= count; index++) await publish(roomId, `Person ${index}`, stream.clone());
};

interface Envelope {
  success: boolean;
  error?: { message: string };
}

async function publish(roomId: string, userName: string, stream: MediaStream): Promise<void> {
  const socket = io('/mediasoup', { transports: ['websocket'], forceNew: true });
  async function request<Answer>(event: string, payload: object = {}): Promise<Answer> {
    const answer = (await socket.timeout(10_000).emitWithAck(event, payload)) as Answer & Envelope;
    if (!answer.success) throw new Error(answer.error?.message);
    return answer;
  }

  const device = await Device.factory();
  const { rtpCapabilities } = await request<{ rtpCapabilities: types.RtpCapabilities }>('getRouterRtpCapabilities', {
    roomId,
  });
  await device.load({ routerRtpCapabilities: rtpCapabilities });
  await request('joinRoom', { roomId, userName });
  const transport = device.createSendTransport(await request<types.TransportOptions>('createProducerTransport'));
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    request('connectProducerTransport', { dtlsParameters }).then(done, failed);
  });
  transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
    const source = kind === 'video' ? 'camera' : 'microphone';
    request<{ producerId: string }>('produce', { kind, rtpParameters, source }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });
  for (const track of stream.getTracks()) await transport.produce({ track });
}
