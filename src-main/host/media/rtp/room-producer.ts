import { parseScalabilityMode, type types } from 'mediasoup';
import type { MediaProducer } from '../../meeting/ports.ts';
import { mediaChange } from '../failures.ts';
import { isRetransmission } from './common-capabilities.ts';

/** A producer in a room. */
export class RoomProducer implements MediaProducer {
  readonly producer: types.Producer;
  readonly topLayer: number;
  /** Of its media codecs, each once, in lower case and in its order. */
  readonly mimeTypes: readonly string[];
  readonly #room: { requireProcess(): void };

  /** @param room says whether the media process is there */
  constructor(room: { requireProcess(): void }, producer: types.Producer) {
    this.#room = room;
    this.producer = producer;
    this.topLayer = topLayer(producer);
    const media = producer.rtpParameters.codecs.filter((codec) => !isRetransmission(codec));
    this.mimeTypes = [...new Set(media.map(({ mimeType }) => mimeType.toLowerCase()))];
  }

  pause(): Promise<void> {
    return this.#change(() => this.producer.pause());
  }

  resume(): Promise<void> {
    return this.#change(() => this.producer.resume());
  }

  close(): void {
    this.producer.close();
  }

  #change(run: () => Promise<void>): Promise<void> {
    return mediaChange(this.#room, run, 'The producer');
  }
}

/** The highest spatial layer that a producer can send. */
export function topLayer({ type, rtpParameters }: Pick<types.Producer, 'type' | 'rtpParameters'>): number {
  const encodings = rtpParameters.encodings ?? [];
  if (type === 'simulcast') return encodings.length - 1;
  return type === 'svc' ? parseScalabilityMode(encodings[0]?.scalabilityMode).spatialLayers - 1 : 0;
}
