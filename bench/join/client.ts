/** A client without a screen, from mediasoup-client and Socket.IO alone: as light as one can be. */
import { Device, type types } from 'mediasoup-client';
import { io, type Socket } from 'socket.io-client';

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
    transport.on('produce', ({ kind, rtpParameters }, done) => {
      const source = kind === 'video' ? 'camera' : 'microphone';
      const producerId = crypto.randomUUID();
      // Not waiting for the answer; a refusal is the page's error.
      void this.request('produce', { kind, rtpParameters, source, producerId, ...(held && { held }) });
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
    transport.on('connect', ({ dtlsParameters }, done) => {
      void this.request(event, { dtlsParameters });
      done();
    });
  }
}
