import type { TileView } from '../view.ts';
import type { Size } from '../policies/layers.ts';
import type { Person } from './person.svelte.ts';

/** One picture on the stage; its identity outlives every stream in it. */
export class Tile implements TileView {
  readonly id: string;
  readonly person: Person;
  readonly source: 'camera' | 'screen';
  readonly #resized: (size: Size) => void;
  #stream = $state.raw<MediaStream | null>(null);

  constructor(person: Person, source: 'camera' | 'screen', resized: (size: Size) => void = () => undefined) {
    this.id = `${person.userId}:${source}`;
    this.person = person;
    this.source = source;
    this.#resized = resized;
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
    this.#resized({ width, height });
  }
}

/** One's own camera: what is shown is the preview itself. */
export class OwnTile implements TileView {
  readonly id: string;
  readonly source = 'camera';
  readonly person: Person;
  readonly #camera: { readonly stream: MediaStream | null };

  constructor(person: Person, camera: { readonly stream: MediaStream | null }) {
    this.id = `${person.userId}:camera`;
    this.person = person;
    this.#camera = camera;
  }

  get stream(): MediaStream | null {
    return this.#camera.stream;
  }

  shown(): void {
    // Nothing is sent to oneself.
  }
}
