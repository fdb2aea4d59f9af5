import type { TileView } from '../../view.ts';
import type { Size } from '../../media/layer-policy.ts';
import type { RoomParticipant } from '../participants/participant.svelte.ts';

export interface TileListener {
  resized: (size: Size) => void;
  seen: () => void;
}

/** One picture on the tiles; its identity outlives every stream in it. */
export class Tile implements TileView {
  readonly id: string;
  readonly source: 'camera' | 'screen';
  readonly #listener: TileListener;
  #person: RoomParticipant;
  #stream = $state.raw<MediaStream | null>(null);

  constructor(person: RoomParticipant, source: 'camera' | 'screen', listener: TileListener) {
    this.id = `${person.userId}:${source}`;
    this.source = source;
    this.#listener = listener;
    this.#person = $state.raw(person);
  }

  get person(): RoomParticipant {
    return this.#person;
  }

  /** It is known now whose picture this is. */
  belongTo(person: RoomParticipant): void {
    this.#person = person;
  }

  get stream(): MediaStream | null {
    return this.#stream;
  }

  /** Shows this track; the same one again changes nothing. */
  show(track: MediaStreamTrack | null): void {
    if ((this.#stream?.getTracks()[0] ?? null) === track) return;
    this.#stream = track && new MediaStream([track]);
  }

  shown(width: number, height: number): void {
    this.#listener.resized({ width, height });
  }

  seen(): void {
    this.#listener.seen();
  }
}

/** One's own camera: what is shown is the preview itself. */
export class OwnTile implements TileView {
  readonly id = 'own:camera';
  readonly source = 'camera';
  readonly #self: () => RoomParticipant;
  readonly #camera: { readonly stream: MediaStream | null };

  constructor(self: () => RoomParticipant, camera: { readonly stream: MediaStream | null }) {
    this.#self = self;
    this.#camera = camera;
  }

  get person(): RoomParticipant {
    return this.#self();
  }

  get stream(): MediaStream | null {
    return this.#camera.stream;
  }

  shown(): void {
    // Nothing is sent to oneself.
  }

  seen(): void {
    // Nobody waits for it.
  }
}
