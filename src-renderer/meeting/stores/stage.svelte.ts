import type { Producer, Source } from '../../../src-shared/protocol/index.ts';
import type { Received } from '../media/receiver.ts';
import type { Demand } from '../policies/layers.ts';
import type { SoundView, TileView } from '../view.ts';
import { VideoDemand } from './demand.ts';
import type { People } from './people.svelte.ts';
import type { Person } from './person.svelte.ts';
import { OwnTile, Tile } from './tile.svelte.ts';

/** How long a last picture stays while the media is being made anew, ms. */
const STALE_MS = 5000;

/** Somebody else's tile, and what is asked of the host for it. */
interface Shown {
  readonly tile: Tile;
  readonly demand: VideoDemand;
}

/** What is seen and heard: who produces what, joined with what has been received of it. */
export class Stage {
  readonly #people: People;
  readonly #camera: { readonly stream: MediaStream | null };
  readonly #want: (producerId: string, demand: Demand) => void;
  readonly #producers = new Map<string, Producer>();
  readonly #received = new Map<string, Received>();
  readonly #cameras = new Map<Person, Shown>();
  readonly #screens = new Map<Person, Shown>();
  readonly #ownTiles = new WeakMap<Person, OwnTile>();
  #shares = $state.raw<readonly Tile[]>([]);
  #sounds = $state.raw<readonly SoundView[]>([]);
  #staleTimer: ReturnType<typeof setTimeout> | undefined;

  /** One per person, in seat order. */
  readonly tiles: readonly TileView[] = $derived.by(() => this.#people.all.map((person) => this.#tileOf(person)));

  constructor(
    people: People,
    camera: { readonly stream: MediaStream | null },
    want: (producerId: string, demand: Demand) => void,
  ) {
    this.#people = people;
    this.#camera = camera;
    this.#want = want;
  }

  /** Shared screens, in the order they began. */
  get shares(): readonly TileView[] {
    return this.#shares;
  }

  get sounds(): readonly SoundView[] {
    return this.#sounds;
  }

  ownerOf(producerId: string): string | undefined {
    return this.#producers.get(producerId)?.userId;
  }

  /** What the others produce now. A picture stays until the next one for its tile is there. */
  reset(producers: readonly Producer[]): void {
    const current = new Set(producers.map(({ producerId }) => producerId));
    for (const producerId of [...this.#producers.keys()]) if (!current.has(producerId)) this.#forget(producerId);
    for (const producer of producers) this.#producers.set(producer.producerId, producer);
    const present = new Set(this.#people.all);
    const shown = new Set([...this.#cameras.keys(), ...this.#screens.keys()]);
    for (const person of shown.difference(present)) this.#takeOff(person);
    this.#refreshAll();
  }

  announce(producer: Producer): void {
    this.#producers.set(producer.producerId, producer);
    this.#refresh(producer.userId, producer.source);
  }

  receive(received: Received): void {
    this.#received.set(received.producerId, received);
    const producer = this.#producers.get(received.producerId);
    if (producer) this.#refresh(producer.userId, producer.source);
  }

  setPaused(producerId: string, paused: boolean): void {
    const producer = this.#producers.get(producerId);
    if (producer) this.announce({ ...producer, paused });
  }

  close(producerId: string): void {
    const producer = this.#producers.get(producerId);
    this.#forget(producerId);
    if (producer) this.#refresh(producer.userId, producer.source);
  }

  removePerson(userId: string): void {
    for (const { producerId } of [...this.#producers.values()].filter((producer) => producer.userId === userId)) {
      this.close(producerId);
    }
    const person = this.#people.find(userId);
    if (person) this.#takeOff(person);
  }

  /** All producers are gone at once, and everyone makes theirs anew: last pictures stay meanwhile. */
  restarted(): void {
    for (const producerId of [...this.#producers.keys()]) this.#forget(producerId);
    clearTimeout(this.#staleTimer);
    this.#staleTimer = setTimeout(() => this.#refreshAll(), STALE_MS);
  }

  /** One's own shared screen. */
  showOwnScreen(track: MediaStreamTrack | null): void {
    const { self } = this.#people;
    if (self) this.#showScreen(self, track);
  }

  stop(): void {
    clearTimeout(this.#staleTimer);
    for (const { demand } of [...this.#cameras.values(), ...this.#screens.values()]) demand.end();
  }

  #forget(producerId: string): void {
    this.#producers.delete(producerId);
    this.#received.delete(producerId);
  }

  #refreshAll(): void {
    for (const person of this.#people.all) {
      if (person.self) continue;
      for (const source of ['camera', 'screen', 'microphone', 'screen-audio'] as const) {
        this.#refresh(person.userId, source);
      }
    }
  }

  /** Makes what is shown or played of a person's source what it should be now. */
  #refresh(userId: string, source: Source): void {
    const person = this.#people.find(userId);
    const producer = this.#producers.values().find((one) => one.userId === userId && one.source === source);
    const received = producer && this.#received.get(producer.producerId);
    if (source === 'microphone' && person) person.muted = producer?.paused ?? true;
    if (source === 'microphone' || source === 'screen-audio') {
      this.#listSounds();
      return;
    }
    if (!person || (producer && !received && !producer.paused)) return;
    const track = producer && !producer.paused && received ? received.track : null;
    const shown = source === 'camera' ? this.#showCamera(person, track) : this.#showScreen(person, track);
    if (received && track) shown?.demand.begin(received);
  }

  #showCamera(person: Person, track: MediaStreamTrack | null): Shown {
    const shown = this.#cameras.get(person) ?? this.#newShown(person, 'camera');
    this.#cameras.set(person, shown);
    shown.tile.show(track);
    return shown;
  }

  #showScreen(person: Person, track: MediaStreamTrack | null): Shown | null {
    const known = this.#screens.get(person);
    if (!track) {
      known?.demand.end();
      this.#screens.delete(person);
      if (known) this.#shares = this.#shares.filter((tile) => tile !== known.tile);
      return null;
    }
    const shown = known ?? this.#newShown(person, 'screen');
    if (!known) this.#shares = [...this.#shares, shown.tile];
    this.#screens.set(person, shown);
    shown.tile.show(track);
    return shown;
  }

  /** They are gone, and what was shown of them goes too. */
  #takeOff(person: Person): void {
    this.#cameras.get(person)?.demand.end();
    this.#cameras.delete(person);
    this.#showScreen(person, null);
  }

  #newShown(person: Person, source: 'camera' | 'screen'): Shown {
    const demand = new VideoDemand(this.#want);
    return { demand, tile: new Tile(person, source, (size) => demand.resize(size)) };
  }

  #tileOf(person: Person): TileView {
    if (!person.self) {
      const shown = this.#cameras.get(person) ?? this.#newShown(person, 'camera');
      this.#cameras.set(person, shown);
      return shown.tile;
    }
    const own = this.#ownTiles.get(person) ?? new OwnTile(person, this.#camera);
    this.#ownTiles.set(person, own);
    return own;
  }

  #listSounds(): void {
    const audible = [...this.#producers.values()].filter(({ kind }) => kind === 'audio');
    this.#sounds = audible.flatMap(({ producerId }) => {
      const track = this.#received.get(producerId)?.track;
      const known = this.#sounds.find(({ id }) => id === producerId);
      if (!track || known?.stream.getTracks()[0] === track) return known ? [known] : [];
      return [{ id: producerId, stream: new MediaStream([track]) }];
    });
  }
}
