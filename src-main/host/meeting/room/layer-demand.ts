import type { Clock } from '../ports.ts';

/** What one subscription asks of a publication. */
export interface Viewer {
  /** `prepared`: made, but never resumed so far. */
  readonly state: 'prepared' | 'showing' | 'paused';
  /** The spatial layer it prefers; absent: the best, or while prepared the lowest. */
  readonly preferred?: number | undefined;
}

/** A smaller picture must stay wanted for this long, ms: starting an encoder again costs a key frame. */
export const SHED_MS = 1000;

/**
 * The highest spatial layer anyone needs; -1: nobody watches. Someone who has prepared to watch keeps
 * going what they will show, so that their first picture does not wait for an encoder to start: a
 * layer that has just started is not switched to within two seconds.
 *
 * @param top the producer's highest spatial layer
 */
export function layerWanted(viewers: Iterable<Viewer>, top: number): number {
  let wanted = -1;
  for (const { state, preferred } of viewers) {
    if (state === 'showing') wanted = Math.max(wanted, Math.min(preferred ?? top, top));
    else if (state === 'prepared') wanted = Math.max(wanted, Math.min(preferred ?? 0, top));
  }
  return wanted;
}

/** Tells a producer's owner the layer wanted, when it changes: a higher one at once, a lower one later. */
export class LayerDemand {
  readonly #clock: Clock;
  readonly #tell: (spatialLayer: number) => void;
  /** What the owner sends unless told otherwise: everything. */
  #told: number;
  #cancelShedding: (() => void) | null = null;

  constructor(options: { top: number; clock: Clock; tell: (spatialLayer: number) => void }) {
    this.#told = options.top;
    this.#clock = options.clock;
    this.#tell = options.tell;
  }

  want(spatialLayer: number): void {
    this.close();
    if (spatialLayer > this.#told) this.#say(spatialLayer);
    if (spatialLayer < this.#told) this.#cancelShedding = this.#clock.after(SHED_MS, () => this.#say(spatialLayer));
  }

  close(): void {
    this.#cancelShedding?.();
    this.#cancelShedding = null;
  }

  #say(spatialLayer: number): void {
    this.#told = spatialLayer;
    this.#tell(spatialLayer);
  }
}
