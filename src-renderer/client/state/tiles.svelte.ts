import type { Producer, Source } from '../../../src-shared/protocol/index.ts';
import type { Received } from '../media/subscriptions.ts';
import type { WantedLayer } from '../media/layer-policy.ts';
import type { SoundView, TileView } from '../view.ts';
import { ExpectedTiles } from './expected-tiles.svelte.ts';
import type { Participants } from './participants.svelte.ts';
import type { RoomParticipant } from './participant.svelte.ts';
import { RemoteTile, type RemoteTileListener } from './remote-tile.ts';
import { OwnTile, type Tile } from './tile.svelte.ts';

/** How long a last picture stays while the media is being made anew, ms. */
const STALE_MS = 5000;

/** How long somebody who came is waited for, so that their tile comes with their picture, ms. */
const PICTURE_MS = 300;

/** What is seen and heard: who produces what, joined with what has been received of it. */
export class Tiles {
  readonly #participants: Participants;
  readonly #listener: RemoteTileListener;
  readonly #expected: ExpectedTiles;
  readonly #producers = new Map<string, Producer>();
  readonly #received = new Map<string, Received>();
  readonly #cameras = new Map<RoomParticipant, RemoteTile>();
  readonly #screens = new Map<RoomParticipant, RemoteTile>();
  readonly #own: OwnTile;
  #shares = $state.raw<readonly Tile[]>([]);
  #sounds = $state.raw<readonly SoundView[]>([]);
  /** Who came just now and may have a picture in a moment, and what ends the wait for it. */
  #coming = $state.raw<ReadonlyMap<string, ReturnType<typeof setTimeout>>>(new Map());
  #staleTimer: ReturnType<typeof setTimeout> | undefined;
  #firstPicture = Promise.withResolvers<undefined>();

  /** One per person, in seat order; before one has joined, one per video that is expected. */
  readonly all: readonly TileView[] = $derived.by(() =>
    this.#participants.self
      ? this.#participants.all.filter(({ userId }) => !this.#coming.has(userId)).map((person) => this.#tileOf(person))
      : [...this.#expected.tiles, this.#own],
  );

  constructor(
    participants: Participants,
    camera: { readonly stream: MediaStream | null },
    want: (producerId: string, demand: WantedLayer) => void,
  ) {
    this.#participants = participants;
    this.#listener = { want, seen: () => this.#firstPicture.resolve(undefined) };
    this.#expected = new ExpectedTiles(this.#listener);
    this.#own = new OwnTile(() => participants.self ?? participants.nobody, camera);
  }

  /** Shared screens, in the order they began. */
  get shares(): readonly TileView[] {
    return this.#shares;
  }

  get sounds(): readonly SoundView[] {
    return this.#sounds;
  }

  /** Resolves when a picture of somebody else has been put on screen. */
  get firstPicture(): Promise<undefined> {
    return this.#firstPicture.promise;
  }

  /**
   * Whether what is laid out before one has joined is what there will be among so many participants: one
   * camera of each, and it is on.
   */
  isCompleteFor(participants: number): boolean {
    const videos = [...this.#received.values()].filter(({ track }) => track.kind === 'video');
    // A shared screen has one layer.
    return videos.length === participants && videos.every(({ layers, paused }) => layers > 1 && !paused);
  }

  ownerOf(producerId: string): string | undefined {
    return this.#producers.get(producerId)?.userId;
  }

  /** What the others produce now. A picture stays until the next one for its tile is there. */
  reset(producers: readonly Producer[]): void {
    const current = new Set(producers.map(({ producerId }) => producerId));
    for (const producerId of [...this.#producers.keys()]) if (!current.has(producerId)) this.#forget(producerId);
    for (const producer of producers) this.#producers.set(producer.producerId, producer);
    const present = new Set(this.#participants.all);
    const shown = new Set([...this.#cameras.keys(), ...this.#screens.keys()]);
    for (const person of shown.difference(present)) this.#takeOff(person);
    this.#refreshAll();
    this.#expected.clear();
  }

  /** Somebody has come: laying out the tiles for them can wait for their picture, not the picture for that. */
  welcome(userId: string): void {
    this.#coming = new Map([...this.#coming, [userId, setTimeout(() => this.#seat(userId), PICTURE_MS)]]);
  }

  announce(producer: Producer): void {
    this.#producers.set(producer.producerId, producer);
    this.#refresh(producer.userId, producer.source);
  }

  receive(received: Received): void {
    this.#received.set(received.producerId, received);
    const producer = this.#producers.get(received.producerId);
    if (producer) this.#refresh(producer.userId, producer.source);
    else if (!this.#participants.self && received.track.kind === 'video') this.#expected.add(received);
  }

  /** What is received before one has joined comes anew. */
  unready(): void {
    this.#expected.clear();
    if (this.#participants.self) return;
    this.#received.clear();
    this.#firstPicture = Promise.withResolvers();
  }

  setPaused(producerId: string, paused: boolean): void {
    const producer = this.#producers.get(producerId);
    if (producer) this.announce({ ...producer, paused });
  }

  close(producerId: string): void {
    const producer = this.#producers.get(producerId);
    this.#forget(producerId);
    this.#expected.remove(producerId);
    if (producer) this.#refresh(producer.userId, producer.source);
  }

  removePerson(userId: string): void {
    for (const { producerId } of [...this.#producers.values()].filter((producer) => producer.userId === userId)) {
      this.close(producerId);
    }
    const person = this.#participants.find(userId);
    if (person) this.#takeOff(person);
  }

  /** All producers are gone at once, and everyone makes theirs anew: last pictures stay meanwhile. */
  restarted(): void {
    for (const producerId of [...this.#producers.keys()]) this.#forget(producerId);
    this.unready();
    clearTimeout(this.#staleTimer);
    this.#staleTimer = setTimeout(() => this.#refreshAll(), STALE_MS);
  }

  /** One's own shared screen. */
  showOwnScreen(track: MediaStreamTrack | null): void {
    const { self } = this.#participants;
    if (self) this.#showScreen(self, track);
  }

  stop(): void {
    clearTimeout(this.#staleTimer);
    // Whoever comes in again finds everybody in their place.
    for (const userId of [...this.#coming.keys()]) this.#seat(userId);
    for (const shown of [...this.#cameras.values(), ...this.#screens.values()]) shown.end();
    this.#expected.clear();
  }

  #forget(producerId: string): void {
    this.#producers.delete(producerId);
    this.#received.delete(producerId);
  }

  #refreshAll(): void {
    for (const person of this.#participants.all) {
      if (person.self) continue;
      for (const source of ['camera', 'screen', 'microphone', 'screen-audio'] as const) {
        this.#refresh(person.userId, source);
      }
    }
  }

  /** Makes what is shown or played of a person's source what it should be now. */
  #refresh(userId: string, source: Source): void {
    const person = this.#participants.find(userId);
    const producer = this.#producers.values().find((one) => one.userId === userId && one.source === source);
    const received = producer && this.#received.get(producer.producerId);
    if (source === 'microphone' && person) person.muted = producer?.paused ?? true;
    if (source === 'microphone' || source === 'screen-audio') {
      this.#listSounds();
      return;
    }
    if (!person || (producer && !received && !producer.paused)) return;
    const track = producer && !producer.paused && received ? received.track : null;
    const shown =
      source === 'camera' ? this.#showCamera(person, track, producer?.producerId) : this.#showScreen(person, track);
    if (received && track) shown?.follow(received);
  }

  /** @param producerId what is shown: it may have been laid out before one had joined */
  #showCamera(person: RoomParticipant, track: MediaStreamTrack | null, producerId?: string): RemoteTile {
    const known = this.#cameras.get(person) ?? this.#expected.claim(producerId, person);
    const shown = known ?? new RemoteTile(person, 'camera', this.#listener);
    this.#cameras.set(person, shown);
    shown.tile.show(track);
    if (track) this.#seat(person.userId);
    return shown;
  }

  /** They have their place from now on, picture or not. */
  #seat(userId: string): void {
    if (!this.#coming.has(userId)) return;
    clearTimeout(this.#coming.get(userId));
    this.#coming = new Map([...this.#coming].filter(([id]) => id !== userId));
  }

  #showScreen(person: RoomParticipant, track: MediaStreamTrack | null): RemoteTile | null {
    const known = this.#screens.get(person);
    if (!track) {
      known?.end();
      this.#screens.delete(person);
      if (known) this.#shares = this.#shares.filter((tile) => tile !== known.tile);
      return null;
    }
    const shown = known ?? new RemoteTile(person, 'screen', this.#listener);
    if (!known) this.#shares = [...this.#shares, shown.tile];
    this.#screens.set(person, shown);
    shown.tile.show(track);
    return shown;
  }

  /** They are gone, and what was shown of them goes too. */
  #takeOff(person: RoomParticipant): void {
    this.#seat(person.userId);
    this.#cameras.get(person)?.end();
    this.#cameras.delete(person);
    this.#showScreen(person, null);
  }

  #tileOf(person: RoomParticipant): TileView {
    if (person.self) return this.#own;
    const shown = this.#cameras.get(person) ?? new RemoteTile(person, 'camera', this.#listener);
    this.#cameras.set(person, shown);
    return shown.tile;
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
