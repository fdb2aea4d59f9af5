import type { types } from 'mediasoup-client';
import type { Demand } from '../policies/layers.ts';
import type { Signalling } from '../signalling/signalling.ts';

/** One producer of somebody else being received. It is told what is wanted of it and works its way there. */
export class Reception {
  readonly consumer: types.Consumer;
  /** How many spatial layers it has. */
  readonly layers: number;
  readonly #signalling: Pick<Signalling, 'request'>;
  #demand: Demand;
  #flowing = false;
  #layer: number;
  #working: Promise<void> | null = null;

  constructor(consumer: types.Consumer, signalling: Pick<Signalling, 'request'>) {
    this.consumer = consumer;
    this.layers = spatialLayers(consumer.rtpParameters);
    this.#signalling = signalling;
    this.#layer = this.layers - 1;
    this.#demand = this.#layer;
  }

  /** Whether the host lets it flow: with the join, or because it was asked to along with others. */
  set flowing(flowing: boolean) {
    this.#flowing = flowing;
  }

  want(demand: Demand): void {
    this.#demand = demand;
    this.settle();
  }

  /** Works on whatever is not as wanted. What the host did not hear is told again by the next call. */
  settle(): void {
    this.#working ??= this.#work()
      .catch(() => undefined)
      .finally(() => (this.#working = null));
  }

  async #work(): Promise<void> {
    const { id: consumerId } = this.consumer;
    while (!this.consumer.closed) {
      const demand = this.#demand;
      if (demand === 'nothing') {
        if (!this.#flowing) return;
        await this.#signalling.request('pauseConsumer', { consumerId });
        this.#flowing = false;
      } else if (demand !== this.#layer) {
        await this.#signalling.request('setPreferredLayers', { consumerId, spatialLayer: demand });
        this.#layer = demand;
      } else if (!this.#flowing) {
        await this.#signalling.request('resumeConsumer', { consumerId });
        this.#flowing = true;
      } else return;
    }
  }
}

/** mediasoup names a simulcast consumer's layers as an SVC mode: `S3T3`, `L3T3`. */
function spatialLayers({ encodings }: types.RtpParameters): number {
  const mode = encodings?.[0]?.scalabilityMode?.match(/^[LS](\d+)T\d+/);
  return Number(mode?.[1] ?? 1);
}
