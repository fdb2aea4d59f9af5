import type { types } from 'mediasoup-client';
import type { Consumer, TransportOptions, WarmUp } from '../../../src-shared/protocol/index.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { IceRestart } from './ice-restart.ts';
import { Publications } from './publications.ts';
import { Reconciler } from './reconciler.ts';
import { Subscriptions } from './subscriptions.ts';
import type { ReceivedListener } from './subscriptions.ts';

/** What the host has made for this person: the answer of `prepare`, of `joinRoom`, or of rebuilding. */
export interface MediaParts {
  sendTransport: TransportOptions;
  recvTransport: TransportOptions;
  consumers: Consumer[];
  warmUp?: WarmUp;
}

export interface TransportsListener {
  received: ReceivedListener;
  /** The host does not know these transports, or not all of their producers: new ones must be created. */
  broken(): void;
}

/** Both transports of one person and all they carry, from their making to their end. */
export class Transports {
  readonly publications: Publications;
  readonly subscriptions: Subscriptions;
  readonly #parts: MediaParts;
  readonly #signaling: RoomSignaling;
  readonly #listener: TransportsListener;
  readonly #reconciler: Reconciler;
  readonly #iceRestarts: readonly IceRestart[];
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
    const reconciler = new Reconciler(() => signaling.state === 'connected');
    this.#reconciler = reconciler;
    const recv = device.createRecvTransport(parts.recvTransport);
    const send = device.createSendTransport(held ? parts.sendTransport : withHostAsDtlsClient(parts.sendTransport));
    const received: ReceivedListener = (tracks) => listener.received(tracks);
    this.subscriptions = new Subscriptions(recv, { signaling, reconciler, received, held });
    this.publications = new Publications(send, { device, signaling, reconciler, held });
    this.#iceRestarts = [this.#watch(recv, 'connectConsumerTransport'), this.#watch(send, 'connectProducerTransport')];
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

  /**
   * The connection to the host is back: sends what could not be sent meanwhile.
   *
   * @param options.network whether the network may be another one, so that media needs a new path
   */
  resume({ network }: { network: boolean }): void {
    if (this.#broken) {
      this.#listener.broken();
      return;
    }
    this.#reconciler.resume();
    for (const restart of this.#iceRestarts) this.#check(restart, { network });
  }

  /** Idempotent. */
  close(): void {
    this.#reconciler.close();
    this.subscriptions.close();
    this.publications.transport.close();
  }

  #watch(transport: types.Transport, connect: 'connectConsumerTransport' | 'connectProducerTransport'): IceRestart {
    transport.on('connect', ({ dtlsParameters }, done) => {
      // Not waiting for the answer: what is negotiated next need not wait either.
      done();
      this.#signaling.request(connect, { dtlsParameters }).catch(() => this.#break(transport));
    });
    const restart = new IceRestart(transport, this.#signaling, {
      restarted: () => this.publications.activate(),
      refused: () => this.#break(transport),
    });
    transport.on('connectionstatechange', () => this.#check(restart, { network: false }));
    return restart;
  }

  #check(restart: IceRestart, options: { network: boolean }): void {
    restart.check(options);
    // The reconciler tries again what fails.
    this.#reconciler.settle(restart).catch(() => undefined);
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
