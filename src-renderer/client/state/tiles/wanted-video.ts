import { SETTLE_MS, UNCLAIMED_MS, wantedLayer } from '../../media/layer-policy.ts';
import type { Received } from '../../media/subscriptions.ts';
import type { WantedLayer, Size } from '../../media/layer-policy.ts';

/** Turns the sizes a video is shown at into what is asked of the host, without asking for every pixel of a drag. */
export class WantedVideo {
  readonly #want: (producerId: string, demand: WantedLayer) => void;
  #video: Received | null = null;
  #size: Size = { width: 0, height: 0 };
  /** Null: just begun, there is no layer yet that would be worth keeping. */
  #demand: WantedLayer | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(want: (producerId: string, demand: WantedLayer) => void) {
    this.#want = want;
  }

  /** A video begins, in some layer until it is known how it is shown. The same again changes nothing. */
  begin(video: Received): void {
    if (video === this.#video) return;
    this.#video = video;
    this.#demand = null;
    this.#after(this.#size.width > 0 ? SETTLE_MS : UNCLAIMED_MS);
  }

  resize(size: Size): void {
    this.#size = size;
    // Whoever was hidden is waited for now; a change of layer can wait until the size has settled.
    if (this.#demand === 'nothing') this.#apply();
    else this.#after(SETTLE_MS);
  }

  /** Nothing more is asked: what is taken off the page shrinks to nothing on its way. */
  end(): void {
    clearTimeout(this.#timer);
    this.#video = null;
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#apply(), ms);
  }

  #apply(): void {
    clearTimeout(this.#timer);
    if (!this.#video) return;
    const demand = wantedLayer(this.#size, this.#video.layers, this.#demand ?? 'nothing');
    if (demand === this.#demand) return;
    this.#demand = demand;
    this.#want(this.#video.producerId, demand);
  }
}
