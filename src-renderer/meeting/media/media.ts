import type { types } from 'mediasoup-client';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Consumer, RtpCapabilities, Source } from '../../../src-shared/protocol/index.ts';
import type { Demand } from '../policies/layers.ts';
import type { Signalling } from '../signalling/signalling.ts';
import { loadDevice } from './device.ts';
import type { Wish } from './publication.ts';
import { MediaSession } from './session.ts';
import type { MediaParts, MediaSessionListener } from './session.ts';

/** One person's media for as long as they attend: what they wish to send outlives every session. */
export class Media {
  readonly #signalling: Signalling;
  readonly #listener: MediaSessionListener;
  readonly #wishes = new Map<Source, Wish>();
  #device: types.Device | null = null;
  #session: MediaSession | null = null;
  /** Consumers that came just now, or before the session they belong to. */
  #early: Consumer[] = [];
  #maySend = false;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(signalling: Signalling, listener: MediaSessionListener) {
    this.#signalling = signalling;
    this.#listener = listener;
    signalling.on('newConsumer', (consumer) => this.#offered(consumer));
    signalling.on('producerClosed', ({ producerId }) => {
      this.#early = this.#early.filter((consumer) => consumer.producerId !== producerId);
      this.#session?.receiver.remove(producerId);
    });
    signalling.on('producerLayersWanted', ({ producerId, spatialLayer }) => {
      this.#session?.sender.limitLayers(producerId, spatialLayer);
    });
  }

  /** There is nothing to send or receive with. */
  get absent(): boolean {
    return this.#session === null;
  }

  /** Prepared: all is negotiated, nothing flows. */
  get held(): boolean {
    return this.#session?.held ?? false;
  }

  /** Resolves when nothing is half-negotiated on the receive side; null: nothing is. */
  negotiated(): Promise<void> | null {
    this.#takeOffered();
    return this.#session?.receiver.idle ?? null;
  }

  /** Resolves when all that was wished when the session opened is sent, or was refused. */
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

  /** Takes what the host has made; resolves when it is ready to receive, and then begins to send. */
  async open(parts: MediaParts, { held }: { held: boolean }): Promise<void> {
    if (!this.#device) throw new ProtocolError('INTERNAL', 'The media device is not loaded yet.');
    this.#session?.close();
    const session = new MediaSession(this.#device, this.#signalling, parts, this.#listener, { held });
    this.#session = session;
    this.#maySend = false;
    await Promise.all([session.open(), session.receiver.add(this.#early.splice(0))]);
    if (session !== this.#session) return;
    this.#maySend = true;
    this.#sending = Promise.allSettled([...this.#wishes].map(([source, wish]) => session.sender.set(source, wish)));
  }

  /** Joined: to be called in the same turn, as what the host offers from now on has to be asked for. */
  release(): void {
    this.#session?.release();
  }

  /** Begins to send what was held. */
  activate(): void {
    this.#session?.sender.activate();
  }

  repair(): void {
    this.#session?.repair();
  }

  /** The session is over; what is wished stays. */
  drop(): void {
    this.#session?.close();
    this.#session = null;
    this.#maySend = false;
    this.#early = [];
  }

  /** Sends a source as wished, now and in every session to come; rejects when the host refuses it now. */
  async send(source: Source, wish: Wish): Promise<void> {
    this.#wishes.set(source, wish);
    // Producing before the receive side is negotiated would delay what the person came to see.
    if (this.#maySend) await this.#session?.sender.set(source, wish);
  }

  async stopSending(source: Source): Promise<void> {
    this.#wishes.delete(source);
    await this.#session?.sender.end(source);
  }

  /** What is needed of a producer's video. */
  want(producerId: string, demand: Demand): void {
    this.#session?.receiver.want(producerId, demand);
  }

  #offered(consumer: Consumer): void {
    this.#early.push(consumer);
    if (!this.#session || this.#early.length > 1) return;
    // What somebody brings comes in one flight, message by message: together it takes one round of negotiation.
    // A hidden page's timers may be a second late, and nobody sees how many rounds it takes there.
    if (document.hidden) this.#takeOffered();
    else setTimeout(() => this.#takeOffered());
  }

  #takeOffered(): void {
    if (this.#session && this.#early.length > 0) void this.#session.receiver.add(this.#early.splice(0));
  }
}
