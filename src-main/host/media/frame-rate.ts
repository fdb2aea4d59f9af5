import type { types } from 'mediasoup';
import type { Clock } from '../meeting/ports.ts';

/** How long a stream that has begun is let run until its frame rate is looked at again, ms: then its bit rates are known. */
export const LOOK_AGAIN_MS = 200;

type Layered = Pick<types.Consumer, 'closed' | 'paused' | 'currentLayers' | 'preferredLayers' | 'setPreferredLayers'>;

/**
 * Of a stream that has only just begun, the media process knows the bit rate of no temporal layer but
 * the lowest. It grants that one, a quarter of the frames, and looks again when the next second is over.
 * This has it look sooner: a picture that appears begins to move at once.
 */
export class FrameRate {
  readonly #consumer: Layered;
  readonly #clock: Clock;
  #cancel: (() => void) | null = null;

  constructor(consumer: Layered, clock: Clock) {
    this.#consumer = consumer;
    this.#clock = clock;
  }

  /** To be told when its layers have changed. */
  changed(): void {
    this.close();
    if (this.#lowest) this.#cancel = this.#clock.after(LOOK_AGAIN_MS, () => this.#lookAgain());
  }

  /** Idempotent. */
  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Whether it has the lowest frame rate, and may have a higher one. */
  get #lowest(): boolean {
    const { currentLayers, preferredLayers } = this.#consumer;
    return currentLayers?.temporalLayer === 0 && (preferredLayers?.temporalLayer ?? 0) > 0;
  }

  /** It looks when what is preferred becomes something else: a layer less, and, at once, as before. */
  #lookAgain(): void {
    const { closed, paused, preferredLayers } = this.#consumer;
    if (closed || paused || !preferredLayers?.temporalLayer) return;
    for (const temporalLayer of [preferredLayers.temporalLayer - 1, preferredLayers.temporalLayer]) {
      // Rejects only when the consumer or its process has ended meanwhile.
      this.#consumer.setPreferredLayers({ ...preferredLayers, temporalLayer }).catch(() => undefined);
    }
  }
}
