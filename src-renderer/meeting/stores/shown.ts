import type { Received } from '../media/receiver.ts';
import type { Demand } from '../policies/layers.ts';
import { VideoDemand } from './demand.ts';
import type { Person } from './person.svelte.ts';
import { Tile } from './tile.svelte.ts';

/** Somebody else's tile, and what is asked of the host for it. */
export class Shown {
  readonly tile: Tile;
  readonly #demand: VideoDemand;

  constructor(person: Person, source: 'camera' | 'screen', want: (producerId: string, demand: Demand) => void) {
    this.#demand = new VideoDemand(want);
    this.tile = new Tile(person, source, (size) => this.#demand.resize(size));
  }

  /** From now on what is asked for this video follows the size of the tile. The same again changes nothing. */
  follow(received: Received): void {
    this.#demand.begin(received);
  }

  end(): void {
    this.#demand.end();
  }
}
