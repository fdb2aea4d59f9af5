import type { types } from 'mediasoup';
import type { Clock } from '../../meeting/ports.ts';

/** How often a picture that begins is looked at again, ms: by then each temporal layer may have had a frame. */
export const LOOK_AGAIN_MS = 150;

/** How long a picture counts as one that begins, ms: then the media process looks again by itself. */
export const BEGINNING_MS = 1000;

type Layered = Pick<types.Consumer, 'currentLayers' | 'preferredLayers' | 'setPreferredLayers'>;

/**
 * Of a stream that has only just begun, the media process knows no bit rate but that of the lowest
 * temporal layer. It grants that one, a quarter of the frames, and looks again when the next second is
 * over. This has it look sooner: a picture that appears begins to move at once.
 */
export class FrameRate {
  readonly #consumer: Layered;
  readonly #clock: Clock;
  /** When the picture appeared, epoch ms; null: there is none. */
  #since: number | null = null;
  /** Requests for layers that are not answered yet. */
  #asking = 0;
  #cancel: (() => void) | null = null;

  constructor(consumer: Layered, clock: Clock) {
    this.#consumer = consumer;
    this.#clock = clock;
  }

  /** To be told when the layers it is sent have changed. */
  changed(): void {
    this.#since = this.#consumer.currentLayers ? (this.#since ?? this.#clock.now()) : null;
    this.#watch();
  }

  /** Asks for these layers. Nothing is looked at meanwhile: what was preferred before would be again. */
  async prefer(layers: types.ConsumerLayers): Promise<void> {
    this.#asking++;
    this.#watch();
    try {
      await this.#consumer.setPreferredLayers(layers);
    } finally {
      this.#asking--;
      this.#watch();
    }
  }

  /** Idempotent. */
  close(): void {
    this.#since = null;
    this.#watch();
  }

  #watch(): void {
    this.#cancel?.();
    const due = this.#asking === 0 && this.#beginning && this.#lowest;
    this.#cancel = due ? this.#clock.after(LOOK_AGAIN_MS, () => this.#lookAgain()) : null;
  }

  get #beginning(): boolean {
    return this.#since !== null && this.#clock.now() - this.#since < BEGINNING_MS;
  }

  /** Whether it has the lowest frame rate, and would have a higher one. */
  get #lowest(): boolean {
    const { currentLayers, preferredLayers } = this.#consumer;
    return currentLayers?.temporalLayer === 0 && (preferredLayers?.temporalLayer ?? 0) > 0;
  }

  /** The media process looks again when what is preferred changes: a temporal layer less, then as before. */
  #lookAgain(): void {
    const { preferredLayers } = this.#consumer;
    if (!preferredLayers?.temporalLayer) return;
    for (const temporalLayer of [preferredLayers.temporalLayer - 1, preferredLayers.temporalLayer]) {
      // Rejects only when the consumer or its process has ended meanwhile.
      this.prefer({ ...preferredLayers, temporalLayer }).catch(() => undefined);
    }
  }
}
