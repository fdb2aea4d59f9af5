import type { types } from 'mediasoup-client';
import type { WantedLayer } from './layer-policy.ts';

/** The request that brings a subscription closer to what is wanted of it. */
export type SubscriptionRequest = 'pause' | 'set-layer' | 'resume';

/** One received producer of another participant: what is wanted of it, and what the host has confirmed. */
export class Subscription {
  readonly consumer: types.Consumer;
  /** How many spatial layers it has. */
  readonly layers: number;
  #wanted: WantedLayer;
  /** Whether the host lets it flow; null: unknown, because it did not answer. */
  #flowing: boolean | null;
  /** The layer that the host has confirmed; null: no preference, or unknown. */
  #layer: number | null;
  /** Whether its media element exists: a first frame that came sooner would be lost. */
  #placed: boolean;

  /** @param options.held prepared: the host lets it flow with the join, unasked */
  constructor(consumer: types.Consumer, { held }: { held: boolean }) {
    this.consumer = consumer;
    this.layers = spatialLayers(consumer.rtpParameters);
    this.#wanted = this.layers - 1;
    this.#layer = held && this.layers > 1 ? null : this.#wanted;
    this.#flowing = held;
    this.#placed = held;
  }

  set wanted(wanted: WantedLayer) {
    this.#wanted = wanted;
  }

  /** What shows or plays it is there: it may flow. */
  place(): void {
    this.#placed = true;
  }

  /** The next request to the host; null: everything is as wanted. */
  get due(): SubscriptionRequest | null {
    if (this.consumer.closed) return null;
    if (this.#wanted === 'nothing') return this.#flowing === false ? null : 'pause';
    if (this.#wanted !== this.#layer) return 'set-layer';
    return this.#flowing === true || !this.#placed ? null : 'resume';
  }

  /** The layer to ask for; only where that is due. */
  get dueLayer(): number {
    return this.#wanted === 'nothing' ? 0 : this.#wanted;
  }

  /** A request was sent: the state is unknown until the answer. Returns the function to call on success. */
  asked(request: SubscriptionRequest): () => void {
    if (request === 'set-layer') {
      const layer = this.dueLayer;
      this.#layer = null;
      return () => {
        this.#layer = layer;
      };
    }
    this.#flowing = null;
    return () => {
      this.#flowing = request === 'resume';
    };
  }
}

/** mediasoup names a simulcast consumer's layers as an SVC mode: `S3T3`, `L3T3`. */
function spatialLayers({ encodings }: types.RtpParameters): number {
  const mode = encodings?.[0]?.scalabilityMode?.match(/^[LS](\d+)T\d+/);
  return Number(mode?.[1] ?? 1);
}
