import type { types } from 'mediasoup-client';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Consumer, TransportOptions, WarmUp } from '../../../src-shared/protocol/index.ts';
import type { Signalling } from '../signalling/signalling.ts';
import { Receiver } from './receiver.ts';
import type { ReceivedListener } from './receiver.ts';
import { Sender } from './sender.ts';

/** What the host has made for this person: the answer of `prepare`, of `joinRoom`, or of rebuilding. */
export interface MediaParts {
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
  consumers: Consumer[];
  warmUp?: WarmUp;
}

export interface MediaSessionListener {
  received: ReceivedListener;
  /** The host has not taken part of this session: it can only be made anew. */
  broken(): void;
}

/** Both transports of one person and all they carry, from one making to its end. */
export class MediaSession {
  readonly sender: Sender;
  readonly receiver: Receiver;
  readonly #parts: MediaParts;
  readonly #signalling: Signalling;
  readonly #listener: MediaSessionListener;
  readonly #restarting = new Set<types.Transport>();
  #broken = false;

  /** @param options.held prepared: everything is negotiated and connected, nothing flows */
  constructor(
    device: types.Device,
    signalling: Signalling,
    parts: MediaParts,
    listener: MediaSessionListener,
    { held }: { held: boolean },
  ) {
    this.#parts = parts;
    this.#signalling = signalling;
    this.#listener = listener;
    const recv = device.createRecvTransport(parts.recvTransport);
    const send = device.createSendTransport(held ? parts.sendTransport : withHostAsDtlsClient(parts.sendTransport));
    this.receiver = new Receiver(recv, signalling, (received) => listener.received(received), { held });
    this.sender = new Sender(send, device, signalling, { held });
    this.#watch(recv, 'connectConsumerTransport');
    this.#watch(send, 'connectProducerTransport');
  }

  get held(): boolean {
    return this.sender.held;
  }

  /** Negotiates all there is to receive. Sending may begin when this has resolved: sooner, it would delay it. */
  async open(): Promise<void> {
    const { consumers, warmUp } = this.#parts;
    await Promise.all([warmUp && this.receiver.transport.consumeData(warmUp), this.receiver.add(consumers)]);
  }

  /** Joined: what is received flows; what is sent does with `sender.activate`. */
  release(): void {
    this.receiver.release();
    this.sender.release();
  }

  /** After signalling was lost for a moment: what could not be told meanwhile. */
  repair(): void {
    if (this.#broken) {
      this.#listener.broken();
      return;
    }
    for (const transport of [this.receiver.transport, this.sender.transport]) this.#restartIceIfNeeded(transport);
    this.receiver.settle();
    void this.sender.settle();
  }

  close(): void {
    this.receiver.transport.close();
    this.sender.transport.close();
  }

  #watch(transport: types.Transport, connect: 'connectConsumerTransport' | 'connectProducerTransport'): void {
    transport.on('connect', ({ dtlsParameters }, done) => {
      // Not waiting for the answer: what is negotiated next need not wait either.
      done();
      this.#signalling.request(connect, { dtlsParameters }).catch(() => this.#break(transport));
    });
    transport.on('connectionstatechange', () => this.#restartIceIfNeeded(transport));
  }

  #restartIceIfNeeded(transport: types.Transport): void {
    if (['disconnected', 'failed'].includes(transport.connectionState)) void this.#restartIce(transport);
  }

  async #restartIce(transport: types.Transport): Promise<void> {
    if (this.#restarting.has(transport)) return;
    this.#restarting.add(transport);
    try {
      const { iceParameters } = await this.#signalling.request('restartIce', { transportId: transport.id });
      await transport.restartIce({ iceParameters });
      this.sender.activate();
    } catch (error) {
      // Refused: the host does not know this transport any more. Not reached: `repair` tries again.
      if (error instanceof ProtocolError) this.#break(transport);
    } finally {
      this.#restarting.delete(transport);
    }
  }

  #break(transport: types.Transport): void {
    if (transport.closed || this.#broken) return;
    this.#broken = true;
    this.#listener.broken();
  }
}

/** The host begins the DTLS handshake as soon as ICE is up, which saves a round trip. Not for receiving: there it never connects. */
function withHostAsDtlsClient(options: TransportOptions): TransportOptions {
  return { ...options, dtlsParameters: { ...options.dtlsParameters, role: 'client' } };
}
