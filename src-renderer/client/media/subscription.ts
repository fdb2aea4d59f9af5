import type { types } from 'mediasoup-client';
import type { WantedLayer } from './layer-policy.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { Convergence } from './convergence.ts';

/** One producer of somebody else being received. It is told what is wanted of it and works its way there. */
export class Subscription {
  readonly consumer: types.Consumer;
  /** How many spatial layers it has. */
  readonly layers: number;
  readonly #signaling: Pick<RoomSignaling, 'request'>;
  #demand: WantedLayer;
  #flowing: boolean;
  /** What the host was told; null: nothing yet, so that it counts on no layer in particular. */
  #layer: number | null;
  readonly #convergence = new Convergence(() => this.#next());

  /** @param options.held prepared: it flows with the join */
  constructor(consumer: types.Consumer, signaling: Pick<RoomSignaling, 'request'>, { held }: { held: boolean }) {
    this.consumer = consumer;
    this.layers = spatialLayers(consumer.rtpParameters);
    this.#signaling = signaling;
    this.#demand = this.layers - 1;
    this.#layer = held && this.layers > 1 ? null : this.#demand;
    this.#flowing = held;
  }

  /** Whether the host lets it flow, because it was asked to along with others. */
  set flowing(flowing: boolean) {
    this.#flowing = flowing;
  }

  want(demand: WantedLayer): void {
    this.#demand = demand;
    this.settle();
  }

  /** Works on whatever is not as wanted. What the host did not hear is told again by the next call. */
  settle(): void {
    this.#convergence.run().catch(() => undefined);
  }

  #next(): Promise<unknown> | null {
    if (this.consumer.closed) return null;
    if (this.#demand === 'nothing') return this.#flowing ? this.#setFlowing(false) : null;
    if (this.#demand !== this.#layer) return this.#prefer(this.#demand);
    return this.#flowing ? null : this.#setFlowing(true);
  }

  async #setFlowing(flowing: boolean): Promise<void> {
    await this.#signaling.request(flowing ? 'resumeConsumer' : 'pauseConsumer', { consumerId: this.consumer.id });
    this.#flowing = flowing;
  }

  async #prefer(spatialLayer: number): Promise<void> {
    await this.#signaling.request('setPreferredLayers', { consumerId: this.consumer.id, spatialLayer });
    this.#layer = spatialLayer;
  }
}

/** mediasoup names a simulcast consumer's layers as an SVC mode: `S3T3`, `L3T3`. */
function spatialLayers({ encodings }: types.RtpParameters): number {
  const mode = encodings?.[0]?.scalabilityMode?.match(/^[LS](\d+)T\d+/);
  return Number(mode?.[1] ?? 1);
}
