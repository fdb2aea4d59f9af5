import type { types } from 'mediasoup-client';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Consumer, RtpCapabilities, Source } from '../../../src-shared/protocol/index.ts';
import type { WantedLayer } from './layer-policy.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { loadDevice } from './device.ts';
import type { WantedMedia } from './publication.ts';
import { Transports } from './transports.ts';
import type { MediaParts, TransportsListener } from './transports.ts';

/** The media of one session. What is wanted stays when transports are replaced. */
export class Media {
  readonly #signaling: RoomSignaling;
  readonly #listener: TransportsListener;
  readonly #wanted = new Map<Source, WantedMedia>();
  #device: types.Device | null = null;
  #transports: Transports | null = null;
  /** Consumers that came just now, or before the transports they belong to. */
  #early: Consumer[] = [];
  #maySend = false;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(signaling: RoomSignaling, listener: TransportsListener) {
    this.#signaling = signaling;
    this.#listener = listener;
    signaling.on('newConsumer', (consumer) => this.#offered(consumer));
    signaling.on('producerClosed', ({ producerId }) => {
      this.#early = this.#early.filter((consumer) => consumer.producerId !== producerId);
      this.#transports?.subscriptions.remove(producerId);
    });
    signaling.on('producerLayersWanted', ({ producerId, spatialLayer }) => {
      this.#transports?.publications.limitLayers(producerId, spatialLayer);
    });
  }

  /** There are no transports. */
  get absent(): boolean {
    return this.#transports === null;
  }

  /** Prepared: everything is negotiated, no media flows. */
  get held(): boolean {
    return this.#transports?.held ?? false;
  }

  /** Resolves when no negotiation of the receive transport is in progress; null: none is. */
  negotiated(): Promise<void> | null {
    this.#takeOffered();
    return this.#transports?.subscriptions.idle ?? null;
  }

  /** Resolves when all that was wanted when the transports opened is sent, or was refused. */
  get sending(): Promise<unknown> {
    return this.#sending;
  }

  /** @throws {ProtocolError} INTERNAL before `load` */
  get rtpCapabilities(): types.RtpCapabilities {
    if (!this.#device) throw new ProtocolError('INTERNAL', 'The media device is not loaded yet.');
    return this.#device.recvRtpCapabilities;
  }

  /** @throws {MeetingError} UNSUPPORTED */
  async load(routerRtpCapabilities: RtpCapabilities): Promise<void> {
    this.#device = await loadDevice(routerRtpCapabilities);
  }

  /** Creates the transports for the host's. Resolves when it can receive, and then begins to send. */
  async open(parts: MediaParts, { held }: { held: boolean }): Promise<void> {
    if (!this.#device) throw new ProtocolError('INTERNAL', 'The media device is not loaded yet.');
    this.#transports?.close();
    const transports = new Transports(this.#device, this.#signaling, parts, this.#listener, { held });
    this.#transports = transports;
    this.#maySend = false;
    await Promise.all([transports.open(), transports.subscriptions.add(this.#early.splice(0))]);
    if (transports !== this.#transports) return;
    this.#maySend = true;
    this.#sending = Promise.allSettled(
      [...this.#wanted].map(([source, wanted]) => transports.publications.want(source, wanted)),
    );
  }

  /** Joined: to be called in the same turn, as what the host offers from now on has to be asked for. */
  release(): void {
    this.#transports?.release();
  }

  /** Begins to send what was held. */
  activate(): void {
    this.#transports?.publications.activate();
  }

  /** The connection to the host is back. @param options.network whether the network may be another one */
  resume(options: { network: boolean }): void {
    this.#transports?.resume(options);
  }

  /** The transports are gone; what is wanted stays. */
  drop(): void {
    this.#transports?.close();
    this.#transports = null;
    this.#maySend = false;
    this.#early = [];
  }

  /**
   * Sends a source as wanted, over these transports and all to come. Rejects with the error of a request
   * that failed, which may be tried again nevertheless.
   */
  async send(source: Source, wanted: WantedMedia): Promise<void> {
    this.#wanted.set(source, wanted);
    // Producing before the receive side is negotiated would delay what the person came to see.
    if (this.#maySend) await this.#transports?.publications.want(source, wanted);
  }

  /** Stops sending a source at once. The host is informed as soon as it can be reached. */
  stopSending(source: Source): void {
    this.#wanted.delete(source);
    this.#transports?.publications.end(source);
  }

  /** What is needed of a producer's video. */
  want(producerId: string, demand: WantedLayer): void {
    this.#transports?.subscriptions.want(producerId, demand);
  }

  #offered(consumer: Consumer): void {
    this.#early.push(consumer);
    if (!this.#transports || this.#early.length > 1) return;
    // The producers of one participant arrive in several messages at once; together they take one negotiation.
    // In a hidden page timers may be a second late, and the number of negotiations does not matter.
    if (document.hidden) this.#takeOffered();
    else setTimeout(() => this.#takeOffered());
  }

  #takeOffered(): void {
    if (this.#transports && this.#early.length > 0) void this.#transports.subscriptions.add(this.#early.splice(0));
  }
}
