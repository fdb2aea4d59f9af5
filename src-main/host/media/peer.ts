import type { types } from 'mediasoup';
import { MAX_CONSUMERS_PER_PARTICIPANT, MAX_PRODUCERS_PER_PARTICIPANT } from '../../../src-shared/limits.ts';
import {
  Consumer,
  type Direction,
  type DtlsParameters,
  type IceParameters,
  ProtocolError,
  type RtpCapabilities,
  type TransportOptions,
  WarmUp,
} from '../../../src-shared/protocol/index.ts';
import type { ConnectionEndpoints, MediaPeer, MediaPeerListener, ProduceOptions } from '../meeting/ports.ts';
import { Consumable } from './rtp/consumable.ts';
import { toWire } from './to-wire.ts';
import { badRequest, cannotConsume, mediaCall, notFound } from './failures.ts';
import { FrameRate } from './rtp/frame-rate.ts';
import type { Viewer } from './rtp/layers.ts';
import { RoomProducer } from './rtp/room-producer.ts';
import type { RoomContext } from './room-context.ts';
import { Transports } from './transports.ts';

/**
 * Chromium drops key-frame requests within 300 ms of the last, and the worker retries only after a
 * second: asked for later than that, the second of two people who join together sees at once.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 310;

const UNSENDABLE =
  'The host cannot receive this as described: send codecs that it offers, and give each stream an ssrc or rid of its own.';

interface Consumption {
  readonly consumer: types.Consumer;
  readonly producer: RoomProducer;
  readonly frameRate: FrameRate;
  viewer: Viewer;
  /** What the media process was asked last, which it may still be doing. */
  asked: { readonly paused: boolean; readonly done: Promise<void> };
}

const AS_MADE: Consumption['asked'] = { paused: true, done: Promise.resolve() };

/** One person's media in a room. */
export class Peer implements MediaPeer {
  readonly #room: RoomContext;
  readonly #listener: MediaPeerListener;
  readonly #transports: Transports;
  readonly #onClose: () => void;
  readonly #producers = new Map<string, RoomProducer>();
  readonly #consumptions = new Map<string, Consumption>();
  /** Ids of the producers that are consumed, or about to be. */
  readonly #consumed = new Set<string>();
  readonly #consumable: Consumable;
  /** Producers that are being made. */
  #producing = 0;
  #closed = false;

  constructor(options: {
    room: RoomContext;
    listener: MediaPeerListener;
    endpoints: ConnectionEndpoints;
    onClose: () => void;
  }) {
    this.#room = options.room;
    this.#listener = options.listener;
    this.#transports = new Transports(options.room, options.endpoints);
    this.#consumable = new Consumable(options.room);
    this.#onClose = options.onClose;
  }

  async createTransport(direction: Direction, options: { data?: boolean } = {}): Promise<TransportOptions> {
    if (this.#closed) throw notFound('place in this meeting');
    return this.#transports.create(direction, options);
  }

  connectTransport(direction: Direction, dtlsParameters: DtlsParameters, transportId?: string): Promise<void> {
    return this.#transports.connect(direction, dtlsParameters, transportId);
  }

  restartIce(transportId: string): Promise<IceParameters> {
    return this.#transports.restartIce(transportId);
  }

  async warmUp(): Promise<WarmUp> {
    const transport = await this.#transports.get('recv');
    const { warmUpId } = this.#room.current;
    const consumer = await mediaCall(
      () => transport.consumeData({ dataProducerId: warmUpId }),
      () => notFound('transport for a warm-up any more'),
    );
    const { id, dataProducerId, sctpStreamParameters, label, protocol } = consumer;
    return toWire(WarmUp, { id, dataProducerId, sctpStreamParameters, label, protocol });
  }

  async produce(options: ProduceOptions): Promise<string> {
    if (this.#producers.size + this.#producing >= MAX_PRODUCERS_PER_PARTICIPANT) {
      throw new ProtocolError('LIMIT', `One person can send ${MAX_PRODUCERS_PER_PARTICIPANT} things at once.`);
    }
    const id = options.producerId ?? crypto.randomUUID();
    this.#room.claimId(id);
    this.#producing += 1;
    try {
      const producer = await this.#makeProducer(id, options);
      producer.observer.once('close', () => this.#room.releaseId(id));
      this.#adopt(producer);
      if (options.source === 'microphone') await this.#listenTo(producer);
      return id;
    } catch (error) {
      if (!this.#producers.has(id)) this.#room.releaseId(id);
      throw error;
    } finally {
      this.#producing -= 1;
    }
  }

  async pauseProducer(producerId: string): Promise<void> {
    const entry = this.#producer(producerId);
    await mediaCall(
      () => entry.producer.pause(),
      () => notFound('producer any more'),
    );
    entry.update();
  }

  async resumeProducer(producerId: string): Promise<void> {
    const entry = this.#producer(producerId);
    await mediaCall(
      () => entry.producer.resume(),
      () => notFound('producer any more'),
    );
    entry.update();
  }

  closeProducer(producerId: string): void {
    this.#producer(producerId).producer.close();
  }

  async consume(producerId: string, rtpCapabilities: RtpCapabilities): Promise<Consumer> {
    this.#room.requireProcess();
    const producer = this.#room.producers.get(producerId);
    if (!producer) throw new ProtocolError('NOT_FOUND', 'There is no such producer in this meeting, or it has ended.');
    if (this.#consumed.has(producerId)) throw new ProtocolError('CONFLICT', 'You consume this producer already.');
    if (this.#consumed.size >= MAX_CONSUMERS_PER_PARTICIPANT) {
      throw new ProtocolError('LIMIT', `One person can receive ${MAX_CONSUMERS_PER_PARTICIPANT} things at once.`);
    }
    const capabilities = this.#consumable.capabilities(producer, rtpCapabilities);
    if (!capabilities) throw cannotConsume();
    this.#consumed.add(producerId);
    try {
      const transport = await this.#transports.get('recv');
      const consumer = await mediaCall(
        () => transport.consume({ producerId, rtpCapabilities: capabilities, paused: true }),
        (error) => {
          const ended = transport.closed || producer.producer.closed;
          return ended ? notFound('producer or transport any more') : cannotConsume(error);
        },
      );
      const frameRate = new FrameRate(consumer, this.#room.clock);
      return this.#receive({ consumer, producer, frameRate, viewer: { state: 'prepared' }, asked: AS_MADE }, transport);
    } catch (error) {
      this.#consumed.delete(producerId);
      throw error;
    }
  }

  async resumeConsumer(consumerId: string): Promise<void> {
    await this.#setPaused(consumerId, false);
    this.#view(consumerId, { state: 'showing' });
  }

  async pauseConsumer(consumerId: string): Promise<void> {
    await this.#setPaused(consumerId, true);
    this.#view(consumerId, { state: 'paused' });
  }

  async setPreferredLayers(
    consumerId: string,
    { spatialLayer, temporalLayer }: { spatialLayer: number; temporalLayer?: number | undefined },
  ): Promise<void> {
    const { frameRate } = this.#consumption(consumerId);
    const layers = { spatialLayer, ...(temporalLayer !== undefined && { temporalLayer }) };
    await mediaCall(
      () => frameRate.prefer(layers),
      () => notFound('consumer any more'),
    );
    this.#view(consumerId, { preferred: spatialLayer });
  }

  async setConsumerPriority(consumerId: string, priority: number): Promise<void> {
    const { consumer } = this.#consumption(consumerId);
    await mediaCall(
      () => consumer.setPriority(priority),
      () => notFound('consumer any more'),
    );
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transports.close();
    this.#onClose();
  }

  async #makeProducer(id: string, options: ProduceOptions): Promise<types.Producer> {
    const { kind, source, rtpParameters, paused, transportId } = options;
    if (!rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`))) {
      throw badRequest(`A codec among these is not one for ${kind}.`);
    }
    const transport = await this.#transports.get('send', transportId);
    const keyFrameRequestDelay = KEY_FRAME_REQUEST_DELAY_MS;
    const producer = await mediaCall(
      () => transport.produce({ id, kind, rtpParameters, paused, keyFrameRequestDelay, appData: { source } }),
      (error) => (transport.closed ? notFound('transport any more') : badRequest(UNSENDABLE, error)),
    );
    if (!transport.closed) return producer;
    producer.close();
    throw notFound('transport any more');
  }

  async #listenTo(microphone: types.Producer): Promise<void> {
    const { speakers } = this.#room.current;
    await mediaCall(
      () => speakers.add(microphone),
      (error) => (microphone.closed ? notFound('producer any more') : error),
    );
  }

  #adopt(producer: types.Producer): void {
    const { id } = producer;
    const { router } = this.#room.current;
    const entry = new RoomProducer(producer, {
      clock: this.#room.clock,
      tell: (spatialLayer) => this.#listener.producerLayersWanted(id, spatialLayer),
    });
    this.#producers.set(id, entry);
    this.#room.producers.set(id, entry);
    producer.observer.once('close', () => {
      this.#producers.delete(id);
      this.#room.producers.delete(id);
    });
    producer.once('transportclose', () => {
      // Of a room or process that ends as a whole, people are told once, not of each producer.
      if (!this.#closed && !router.closed) this.#listener.producerClosed(id);
    });
  }

  #receive(consumption: Consumption, transport: types.WebRtcTransport): Consumer {
    const { consumer, producer, frameRate, viewer } = consumption;
    const { id, producerId, kind, type, producerPaused } = consumer;
    if (transport.closed) {
      consumer.close();
      throw notFound('transport any more');
    }
    this.#consumptions.set(id, consumption);
    producer.setViewer(id, viewer);
    consumer.observer.once('close', () => {
      this.#consumptions.delete(id);
      this.#consumed.delete(producerId);
      producer.removeViewer(id);
      frameRate.close();
    });
    consumer.on('layerschange', (layers) => {
      frameRate.changed();
      this.#listener.consumerLayersChanged(id, layers ? { temporalLayer: 0, ...layers } : null);
    });
    return toWire(Consumer, { id, producerId, kind, rtpParameters: consumer.rtpParameters, type, producerPaused });
  }

  /** Asks the media process only for what it was not asked last. */
  async #setPaused(consumerId: string, paused: boolean): Promise<void> {
    const consumption = this.#consumption(consumerId);
    if (consumption.asked.paused !== paused) {
      const { consumer } = consumption;
      const done = mediaCall(
        () => (paused ? consumer.pause() : consumer.resume()),
        () => notFound('consumer any more'),
      );
      consumption.asked = { paused, done };
    }
    await consumption.asked.done;
  }

  /** Notes what a consumer shows now, and tells its producer. */
  #view(consumerId: string, change: Partial<Viewer>): void {
    const consumption = this.#consumptions.get(consumerId);
    if (!consumption) return;
    consumption.viewer = { ...consumption.viewer, ...change };
    consumption.producer.setViewer(consumerId, consumption.viewer);
  }

  #producer(producerId: string): RoomProducer {
    this.#room.requireProcess();
    const entry = this.#producers.get(producerId);
    if (!entry) throw notFound('producer');
    return entry;
  }

  #consumption(consumerId: string): Consumption {
    this.#room.requireProcess();
    const consumption = this.#consumptions.get(consumerId);
    if (!consumption) throw notFound('consumer');
    return consumption;
  }
}
