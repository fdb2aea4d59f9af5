import type { Received } from '../../media/subscriptions.ts';
import type { WantedLayer } from '../../media/layer-policy.ts';
import { WantedVideo } from './wanted-video.ts';
import type { RoomParticipant } from '../participants/participant.svelte.ts';
import { Tile } from './tile.svelte.ts';

/** What is asked for the others' tiles, and told of them. */
export interface RemoteTileListener {
  want: (producerId: string, demand: WantedLayer) => void;
  /** The first frame of a picture has been put on screen. */
  seen: () => void;
}

/** Somebody else's tile, and what is asked of the host for it. */
export class RemoteTile {
  readonly tile: Tile;
  readonly #demand: WantedVideo;

  constructor(person: RoomParticipant, source: 'camera' | 'screen', { want, seen }: RemoteTileListener) {
    this.#demand = new WantedVideo(want);
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
