/** A client without a screen, from mediasoup-client and Socket.IO alone: as light as one can be. */
import { Device, type types } from 'mediasoup-client';
import { io, type Socket } from 'socket.io-client';

/** What the benchmark's people send: the lower two layers of Parley's camera, for 640×360. */
export const CAMERA_LAYERS = [
  { scaleResolutionDownBy: 2, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
];

/** At 20 frames a second: eight cameras at 30 would take both cores of a small machine for themselves. */
export const openCamera = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360, frameRate: 20 } });

export class Client {
  readonly device: Device;
  readonly roomId: string;
  readonly #socket: Socket;

  private constructor(socket: Socket, device: Device, roomId: string) {
    this.#socket = socket;
    this.device = device;
    this.roomId = roomId;
  }

  static async connect(roomId: string): Promise<Client> {
    const socket = io('/mediasoup', { transports: ['websocket'], forceNew: true });
    const client = new Client(socket, await Device.factory(), roomId);
    const { rtpCapabilities } = await client.request<{ rtpCapabilities: types.RtpCapabilities }>(
      'getRouterRtpCapabilities',
      { roomId },
    );
    await client.device.load({ routerRtpCapabilities: rtpCapabilities });
    return client;
  }

  /** Calls `listener` with each event of this name. */
  get on(): Socket['on'] {
    return this.#socket.on.bind(this.#socket);
  }

  async request<Answer>(event: string, payload: object = {}): Promise<Answer> {
    const answer = (await this.#socket.timeout(10_000).emitWithAck(event, payload)) as Answer & {
      success: boolean;
      error?: { message: string };
    };
    if (!answer.success) throw new Error(answer.error?.message);
    return answer;
  }

  /** @param held whether what it produces waits for the join */
  sendTransport(options: types.TransportOptions, { held }: { held: boolean }): types.Transport {
    const transport = this.device.createSendTransport(options);
    this.#connectBy(transport, 'connectProducerTransport');
    transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
      const source = kind === 'video' ? 'camera' : 'microphone';
      const producerId = crypto.randomUUID();
      this.request('produce', { kind, rtpParameters, source, producerId, ...(held && { held }) }).catch(failed);
      done({ id: producerId });
    });
    return transport;
  }

  receiveTransport(options: types.TransportOptions): types.Transport {
    const transport = this.device.createRecvTransport(options);
    this.#connectBy(transport, 'connectConsumerTransport');
    return transport;
  }

  #connectBy(transport: types.Transport, event: string): void {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      this.request(event, { dtlsParameters }).catch(failed);
      done();
    });
  }
}
