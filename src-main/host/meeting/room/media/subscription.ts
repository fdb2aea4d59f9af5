import { type Consumer, ProtocolError, type RtpCapabilities } from '../../../../../src-shared/protocol/index.ts';
import type { MediaConsumer } from '../../ports.ts';
import type { Demand } from './layer-demand.ts';
import type { Participant } from '../../participants/participant.ts';
import { Pausing } from './pausing.ts';
import type { Publication } from './publication.ts';

/** What a participant receives: one consumer, from the request for it to its end. */
export class Subscription {
  readonly subscriber: Participant;
  readonly publication: Publication;
  /** What its subscriber wants; until they are in the room nothing flows. */
  wanted: { readonly paused: boolean } = { paused: true };
  #consumer: MediaConsumer | null = null;
  /** Its actual state in the media process. */
  #pausing: Pausing | null = null;
  /** What its publication is asked for; null: nothing, as it is not made, or has ended. */
  #demand: Demand | null = null;
  #told = false;
  #ended = false;

  constructor(subscriber: Participant, publication: Publication) {
    this.subscriber = subscriber;
    this.publication = publication;
  }

  /** Null until its subscriber is told of it: what flows before they can take it is lost. */
  get consumerId(): string | null {
    return this.#told ? (this.#consumer?.description.id ?? null) : null;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Has the media process make it, paused. Its subscriber does not know of it yet.
   *
   * @throws {ProtocolError} NOT_FOUND, CANNOT_CONSUME, MEDIA_RESTARTING
   */
  async make(rtpCapabilities: RtpCapabilities): Promise<void> {
    const { producerId } = this.publication;
    const consumer = await this.subscriber.media.consume(producerId, rtpCapabilities, {
      onLayersChange: (layers) => this.#layersChanged(consumer.description.id, layers),
    });
    if (this.#ended) throw noSuchConsumer();
    this.#consumer = consumer;
    this.#pausing = new Pausing(consumer, true);
    this.#ask({ state: 'prepared' });
  }

  /** Its subscriber is told of it now. @param paused it stays so until they resume it */
  tell({ paused }: { paused: boolean }): Consumer {
    if (!this.#consumer) throw noSuchConsumer();
    this.#told = true;
    this.wanted = { paused };
    // A publication that is just starting is still paused in the media process.
    return { ...this.#consumer.description, producerPaused: this.publication.wanted.paused };
  }

  /**
   * Pauses or resumes it in the media process, as its subscriber wants it, once they are in the room.
   *
   * @throws {ProtocolError} NOT_FOUND: it has ended; MEDIA_RESTARTING
   */
  async settle(): Promise<void> {
    if (!this.#told || !this.subscriber.present) return;
    const { paused } = this.wanted;
    await this.#pausing?.set(paused);
    this.#ask({ ...this.#demand, state: paused ? 'paused' : 'showing' });
  }

  /** @throws {ProtocolError} NOT_FOUND: it has ended; MEDIA_RESTARTING */
  async preferLayers(layers: { spatialLayer: number; temporalLayer?: number | undefined }): Promise<void> {
    await this.#consumer?.setPreferredLayers(layers);
    if (this.#demand) this.#ask({ ...this.#demand, preferred: layers.spatialLayer });
  }

  /** Gives it the priority of its publication. @throws {ProtocolError} NOT_FOUND: it has ended; MEDIA_RESTARTING */
  async prioritize(): Promise<void> {
    await this.#consumer?.setPriority(this.publication.priority);
  }

  /** It has ended in the media process, with its publication or with the receive transport. Idempotent. */
  end(): void {
    this.#ask(null);
    this.#ended = true;
  }

  #ask(demand: Demand | null): void {
    if (this.#ended) return;
    this.publication.demand(this.#demand, demand);
    this.#demand = demand;
  }

  #layersChanged(consumerId: string, layers: { spatialLayer: number; temporalLayer: number } | null): void {
    if (!this.subscriber.present) return;
    const { spatialLayer, temporalLayer } = layers ?? { spatialLayer: null, temporalLayer: null };
    this.subscriber.connection.notify('consumerLayersChanged', { consumerId, spatialLayer, temporalLayer });
  }
}

export function noSuchConsumer(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'You have no such consumer, or its producer has ended.');
}
