import type { Received } from '../../media/subscriptions.ts';
import { nameless, type RoomParticipant } from '../participants/participant.svelte.ts';
import { RemoteTile, type RemoteTileListener } from './remote-tile.ts';
import type { Tile } from './tile.svelte.ts';

/**
 * Videos that are received before one has joined. Whose they are is not known yet, but everything
 * that takes time for a picture has been done when it is: its element plays and has its place.
 */
export class ExpectedTiles {
  readonly #listener: RemoteTileListener;
  #shown = $state.raw<ReadonlyMap<string, RemoteTile>>(new Map());

  constructor(listener: RemoteTileListener) {
    this.#listener = listener;
  }

  get tiles(): readonly Tile[] {
    return [...this.#shown.values()].map(({ tile }) => tile);
  }

  add(received: Received): void {
    const { producerId } = received;
    const shown = this.#shown.get(producerId) ?? new RemoteTile(nameless(producerId, null), 'camera', this.#listener);
    shown.tile.show(received.track);
    shown.follow(received);
    this.#shown = new Map([...this.#shown, [producerId, shown]]);
  }

  /** Hands over what is shown of a camera that turns out to be this person's. */
  claim(producerId: string | undefined, person: RoomParticipant): RemoteTile | null {
    const shown = producerId === undefined ? null : this.#without(producerId);
    shown?.tile.belongTo(person);
    return shown;
  }

  remove(producerId: string): void {
    this.#without(producerId)?.end();
  }

  clear(): void {
    for (const producerId of this.#shown.keys()) this.remove(producerId);
  }

  #without(producerId: string): RemoteTile | null {
    const shown = this.#shown.get(producerId);
    if (!shown) return null;
    this.#shown = new Map([...this.#shown].filter(([id]) => id !== producerId));
    return shown;
  }
}
