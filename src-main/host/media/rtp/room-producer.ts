import type { types } from 'mediasoup';
import type { Clock } from '../../meeting/ports.ts';
import { isRetransmission } from './common-capabilities.ts';
import { LayerDemand, layerWanted, topLayer, type Viewer } from './layers.ts';

/** A producer, and what those who consume it want of it. */
export class RoomProducer {
  readonly producer: types.Producer;
  /** Of its media codecs, each once, in lower case and in its order. */
  readonly mimeTypes: readonly string[];
  /** By consumer id. */
  readonly #viewers = new Map<string, Viewer>();
  readonly #top: number;
  readonly #demand: LayerDemand;

  constructor(producer: types.Producer, { clock, tell }: { clock: Clock; tell: (spatialLayer: number) => void }) {
    this.producer = producer;
    const media = producer.rtpParameters.codecs.filter((codec) => !isRetransmission(codec));
    this.mimeTypes = [...new Set(media.map(({ mimeType }) => mimeType.toLowerCase()))];
    this.#top = topLayer(producer);
    this.#demand = new LayerDemand({ top: this.#top, clock, tell });
    producer.observer.once('close', () => this.#demand.close());
    this.update();
  }

  setViewer(consumerId: string, viewer: Viewer): void {
    this.#viewers.set(consumerId, viewer);
    this.update();
  }

  removeViewer(consumerId: string): void {
    this.#viewers.delete(consumerId);
    this.update();
  }

  /** After it was paused or resumed: what is paused anyway is not asked for less. */
  update(): void {
    if (this.producer.closed || this.producer.paused || this.producer.kind !== 'video') this.#demand.close();
    else this.#demand.want(layerWanted(this.#viewers.values(), this.#top));
  }
}
