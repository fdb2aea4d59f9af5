import type { types } from 'mediasoup';
import { Consumer } from '../../../../src-shared/protocol/index.ts';
import type { MediaConsumer, MediaConsumerListener } from '../../meeting/ports.ts';
import { mediaChange } from '../failures.ts';
import type { RoomContext } from '../room-context.ts';
import { toWire } from '../to-wire.ts';
import { FrameRate } from './frame-rate.ts';

/** A consumer in a room. */
export class RoomConsumer implements MediaConsumer {
  readonly description: Consumer;
  readonly #room: RoomContext;
  readonly #consumer: types.Consumer;
  readonly #frameRate: FrameRate;

  constructor(room: RoomContext, consumer: types.Consumer, listener: MediaConsumerListener) {
    const { id, producerId, kind, type, rtpParameters, producerPaused } = consumer;
    this.description = toWire(Consumer, { id, producerId, kind, rtpParameters, type, producerPaused });
    this.#room = room;
    this.#consumer = consumer;
    this.#frameRate = new FrameRate(consumer, room.clock);
    consumer.observer.once('close', () => this.#frameRate.close());
    consumer.on('layerschange', (layers) => {
      this.#frameRate.changed();
      listener.onLayersChange(layers ? { temporalLayer: 0, ...layers } : null);
    });
  }

  pause(): Promise<void> {
    return this.#change(() => this.#consumer.pause());
  }

  resume(): Promise<void> {
    return this.#change(() => this.#consumer.resume());
  }

  setPreferredLayers({
    spatialLayer,
    temporalLayer,
  }: {
    spatialLayer: number;
    temporalLayer?: number | undefined;
  }): Promise<void> {
    const layers = { spatialLayer, ...(temporalLayer !== undefined && { temporalLayer }) };
    return this.#change(() => this.#frameRate.prefer(layers));
  }

  setPriority(priority: number): Promise<void> {
    return this.#change(() => this.#consumer.setPriority(priority));
  }

  #change(run: () => Promise<void>): Promise<void> {
    return mediaChange(this.#room, run, 'The consumer');
  }
}
