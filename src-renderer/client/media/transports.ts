import type { types } from 'mediasoup-client';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Consumer, TransportOptions, WarmUp } from '../../../src-shared/protocol/index.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { Subscriptions } from './subscriptions.ts';
import type { ReceivedListener } from './subscriptions.ts';
import { Publications } from './publications.ts';

/** What the host has made for this person: the answer of `prepare`, of `joinRoom`, or of rebuilding. */
export interface MediaParts {
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
  consumers: Consumer[];
  warmUp?: WarmUp;
}

export interface TransportsListener {
  received: ReceivedListener;
  /** The host has not taken part of this transports: it can only be made anew. */
  broken(): void;
}

/** Both transports of one person and all they carry, from one making to its end. */
export class Transports {
  readonly publications: Publications;
  readonly subscriptions: Subscriptions;
  readonly #parts: MediaParts;
  readonly #signaling: RoomSignaling;
  readonly #listener: TransportsListener;
  readonly #restarting = new Set<types.Transport>();
  #broken = false;

  /** @param options.held prepared: everything is negotiated and connected, nothing flows */
  constructor(
    device: types.Device,
    signaling: RoomSignaling,
    parts: MediaParts,
    listener: TransportsListener,
    { held }: { held: boolean },
  ) {
    this.#parts = parts;
    this.#signaling = signaling;
    this.#listener = listener;
    const recv = device.createRecvTransport(parts.recvTransport);
    const send = device.createSendTransport(held ? parts.sendTransport : withHostAsDtlsClient(parts.sendTransport));
    this.subscriptions = new Subscriptions(recv, signaling, (received) => listener.received(received), { held });
    this.publications = new Publications(send, device, signaling, { held });
    this.#watch(recv, 'connectConsumerTransport');
    this.#watch(send, 'connectProducerTransport');
  }

  get held(): boolean {
    return this.publications.held;
  }

  /** Negotiates all there is to receive. Sending may begin when this has resolved: sooner, it would delay it. */
  async open(): Promise<void> {
    const { consumers, warmUp } = this.#parts;
    await Promise.all([warmUp && this.subscriptions.transport.consumeData(warmUp), this.subscriptions.add(consumers)]);
  }

  /** Joined: what is received flows; what is sent does with `publications.activate`. */
  release(): void {
    this.subscriptions.release();
    this.publications.release();
  }

  /** After signaling was lost for a moment: what could not be told meanwhile. */
  repair(): void {
    if (this.#broken) {
      this.#listener.broken();
      return;
    }
    for (const transport of [this.subscriptions.transport, this.publications.transport])
      this.#restartIceIfNeeded(transport);
    this.subscriptions.settle();
    void this.publications.settle();
  }

  close(): void {
    this.subscriptions.transport.close();
    this.publications.transport.close();
  }

  #watch(transport: types.Transport, connect: 'connectConsumerTransport' | 'connectProducerTransport'): void {
    transport.on('connect', ({ dtlsParameters }, done) => {
      // Not waiting for the answer: what is negotiated next need not wait either.
      done();
      this.#signaling.request(connect, { dtlsParameters }).catch(() => this.#break(transport));
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
      const { iceParameters } = await this.#signaling.request('restartIce', { transportId: transport.id });
      await transport.restartIce({ iceParameters });
      this.publications.activate();
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
