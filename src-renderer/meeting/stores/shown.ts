import type { Received } from '../media/receiver.ts';
import type { Demand } from '../policies/layers.ts';
import { VideoDemand } from './demand.ts';
import type { Person } from './person.svelte.ts';
import { Tile } from './tile.svelte.ts';

/** What is asked for the others' tiles, and told of them. */
export interface ShownListener {
  want: (producerId: string, demand: Demand) => void;
  /** The first frame of a picture has been put on screen. */
  seen: () => void;
}

/** Somebody else's tile, and what is asked of the host for it. */
export class Shown {
  readonly tile: Tile;
  readonly #demand: VideoDemand;

  constructor(person: Person, source: 'camera' | 'screen', { want, seen }: ShownListener) {
    this.#demand = new VideoDemand(want);
    this.tile = new Tile(person, source, { resized: (size) => this.#demand.resize(size), seen });
  }

  /** From now on what is asked for this video follows the size of the tile. The same again changes nothing. */
  follow(received: Received): void {
    this.#demand.begin(received);
  }

  end(): void {
    this.#demand.end();
  }
}
