import type { Clock } from '../../ports.ts';

/** What one subscription asks of its publication. */
export interface Demand {
  /** `prepared`: made, but never resumed so far. */
  readonly state: 'prepared' | 'showing' | 'paused';
  /** The spatial layer it prefers; absent: the best, or while prepared the lowest. */
  readonly preferred?: number | undefined;
}

/** A smaller picture must stay wanted for this long, ms: starting an encoder again costs a key frame. */
export const SHED_MS = 1000;

/**
 * The highest spatial layer that one subscription needs; -1: none. Who has only prepared to watch needs the
 * layer they will show, so that their first picture does not wait for an encoder to start: the media process
 * does not switch to a layer within two seconds of its start.
 *
 * @param top the highest layer that is sent
 */
export function layerNeeded({ state, preferred }: Demand, top: number): number {
  if (state === 'paused') return -1;
  return Math.min(preferred ?? (state === 'showing' ? top : 0), top);
}

/**
 * The highest spatial layer that anybody needs of a publication; -1: nobody watches. Tells its owner when that
 * changes: a higher one at once, a lower one when nothing higher has been needed for `SHED_MS`.
 */
export class LayerDemand {
  readonly #top: number;
  readonly #clock: Clock;
  readonly #tell: (spatialLayer: number) => void;
  /** How many need each layer. */
  readonly #counts: number[];
  /** What the owner sends unless told otherwise: everything. */
  #told: number;
  /** The highest layer needed since the shedding timer was started. */
  #peak = -1;
  #cancelShedding: (() => void) | null = null;
  #active = false;

  /** @param options.top the highest layer that is sent */
  constructor(options: { top: number; clock: Clock; tell: (spatialLayer: number) => void }) {
    this.#top = options.top;
    this.#counts = Array.from({ length: options.top + 1 }, () => 0);
    this.#told = options.top;
    this.#clock = options.clock;
    this.#tell = options.tell;
  }

  /** One subscription asks for something else than before; null: it is not there. */
  change(before: Demand | null, after: Demand | null): void {
    this.#count(before, -1);
    this.#count(after, 1);
    this.#update();
  }

  /** Whether the owner is told. Nothing less is asked of somebody who has paused. */
  set active(active: boolean) {
    this.#active = active;
    this.#update();
  }

  #count(demand: Demand | null, by: 1 | -1): void {
    const layer = demand ? layerNeeded(demand, this.#top) : -1;
    if (layer >= 0) this.#counts[layer] = (this.#counts[layer] ?? 0) + by;
  }

  get #wanted(): number {
    return this.#counts.findLastIndex((count) => count > 0);
  }

  #update(): void {
    const wanted = this.#wanted;
    this.#peak = Math.max(this.#peak, wanted);
    if (this.#active && wanted > this.#told) this.#say(wanted);
    if (this.#active && wanted < this.#told) this.#shedLater();
    else this.#stopShedding();
  }

  #shedLater(): void {
    if (this.#cancelShedding) return;
    this.#peak = this.#wanted;
    this.#cancelShedding = this.#clock.after(SHED_MS, () => {
      this.#cancelShedding = null;
      if (this.#peak < this.#told) this.#say(this.#peak);
      this.#update();
    });
  }

  #stopShedding(): void {
    this.#cancelShedding?.();
    this.#cancelShedding = null;
  }

  #say(spatialLayer: number): void {
    this.#told = spatialLayer;
    this.#tell(spatialLayer);
  }
}
