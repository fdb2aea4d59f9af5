import type { types } from 'mediasoup';
import {
  type Direction,
  type DtlsParameters,
  type IceParameters,
  ProtocolError,
  type RtpCapabilities,
  type TransportOptions,
  WarmUp,
} from '../../../src-shared/protocol/index.ts';
import type {
  ConnectionEndpoints,
  MediaConsumer,
  MediaConsumerListener,
  MediaParticipant,
  MediaProducer,
  MediaProducerListener,
  ProduceOptions,
} from '../meeting/ports.ts';
import { badRequest, cannotConsume, ended, mediaCall } from './failures.ts';
import type { RoomContext } from './room-context.ts';
import { Consumable } from './rtp/consumable.ts';
import { RoomConsumer } from './rtp/room-consumer.ts';
import { RoomProducer } from './rtp/room-producer.ts';
import { toWire } from './to-wire.ts';
import { Transports } from './transports.ts';

/**
 * Chromium drops key-frame requests within 300 ms of the last, and the worker retries only after a
 * second: asked for later than that, the second of two people who join together sees at once.
 */
const KEY_FRAME_REQUEST_DELAY_MS = 310;

const UNSENDABLE =
  'The host cannot receive this as described: send codecs that it offers, and give each stream an ssrc or rid of its own.';

/** One participant's media in a room. The rules of the meeting keep the producers and consumers that are made here. */
export class MediasoupParticipant implements MediaParticipant {
  readonly #room: RoomContext;
  readonly #transports: Transports;
  readonly #onClose: () => void;
  readonly #consumable: Consumable;
  #closed = false;

  constructor(options: { room: RoomContext; endpoints: ConnectionEndpoints; onClose: () => void }) {
    this.#room = options.room;
    this.#transports = new Transports(options.room, options.endpoints);
    this.#consumable = new Consumable(options.room);
    this.#onClose = options.onClose;
  }

  async createTransport(direction: Direction, options: { data?: boolean } = {}): Promise<TransportOptions> {
    if (this.#closed) throw new ProtocolError('NOT_FOUND', 'You have left this meeting.');
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
      () => ended('This transport'),
    );
    const { id, dataProducerId, sctpStreamParameters, label, protocol } = consumer;
    return toWire(WarmUp, { id, dataProducerId, sctpStreamParameters, label, protocol });
  }

  async produce(options: ProduceOptions, listener: MediaProducerListener): Promise<MediaProducer> {
    const { producerId } = options;
    this.#room.claimId(producerId);
    const producer = await this.#makeProducer(options).catch((error: unknown) => {
      this.#room.releaseId(producerId);
      throw error;
    });
    const adopted = this.#adopt(producer, listener);
    if (options.source === 'microphone') {
      await this.#listenTo(producer).catch((error: unknown) => {
        producer.close();
        throw error;
      });
    }
    return adopted;
  }

  async consume(
    producerId: string,
    rtpCapabilities: RtpCapabilities,
    listener: MediaConsumerListener,
  ): Promise<MediaConsumer> {
    this.#room.requireProcess();
    const producer = this.#room.producers.get(producerId);
    if (!producer) throw new ProtocolError('NOT_FOUND', 'There is no such producer in this meeting, or it has ended.');
    const capabilities = this.#consumable.capabilities(producer, rtpCapabilities);
    if (!capabilities) throw cannotConsume();
    const transport = await this.#transports.get('recv');
    const consumer = await mediaCall(
      () => transport.consume({ producerId, rtpCapabilities: capabilities, paused: true }),
      (error) => {
        if (transport.closed) return ended('This transport');
        return producer.producer.closed ? ended('The producer') : cannotConsume(error);
      },
    );
    if (!transport.closed) return new RoomConsumer(this.#room, consumer, listener);
    consumer.close();
    throw ended('This transport');
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transports.close();
    this.#onClose();
  }

  async #makeProducer(options: ProduceOptions): Promise<types.Producer> {
    const { producerId, kind, source, rtpParameters, paused, transportId } = options;
    if (!rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`))) {
      throw badRequest(`A codec among these is not one for ${kind}.`);
    }
    const transport = await this.#transports.get('send', transportId);
    const keyFrameRequestDelay = KEY_FRAME_REQUEST_DELAY_MS;
    const settings = { id: producerId, kind, rtpParameters, paused, keyFrameRequestDelay, appData: { source } };
    const producer = await mediaCall(
      () => transport.produce(settings),
      (error) => (transport.closed ? ended('This transport') : badRequest(UNSENDABLE, error)),
    );
    if (!transport.closed) return producer;
    producer.close();
    throw ended('This transport');
  }

  /** Makes it known to the room until it is closed. */
  #adopt(producer: types.Producer, listener: MediaProducerListener): RoomProducer {
    const { id } = producer;
    const { router } = this.#room.current;
    const adopted = new RoomProducer(this.#room, producer);
    this.#room.producers.set(id, adopted);
    producer.observer.once('close', () => {
      this.#room.producers.delete(id);
      this.#room.releaseId(id);
    });
    producer.once('transportclose', () => {
      // Of a room or process that ends as a whole, people are told once, not of each producer.
      if (!this.#closed && !router.closed) listener.onEnd();
    });
    return adopted;
  }

  async #listenTo(microphone: types.Producer): Promise<void> {
    const { speakers } = this.#room.current;
    await mediaCall(
      () => speakers.add(microphone),
      (error) => (microphone.closed ? ended('The producer') : error),
    );
  }
}
