import type { Producer, Source } from '../../../../src-shared/protocol/index.ts';
import type { Received } from '../../media/subscriptions.ts';
import type { WantedLayer } from '../../media/layer-policy.ts';
import type { SoundView, TileView } from '../../view.ts';
import { ExpectedTiles } from './expected-tiles.svelte.ts';
import type { Participants } from '../participants/participants.svelte.ts';
import type { RoomParticipant } from '../participants/participant.svelte.ts';
import { Producers } from './producers.ts';
import { RemoteTile, type RemoteTileListener } from './remote-tile.ts';
import { Sounds } from './sounds.svelte.ts';
import { OwnTile, type Tile } from './tile.svelte.ts';

/** How long a last picture stays while the media is being made anew, ms. */
const STALE_MS = 5000;

/** How long the tile of somebody who came waits for their picture, so that both appear together, ms. */
const PICTURE_MS = 300;

/** What is drawn and played: who sends what, joined with what has been received of it. */
export class Tiles {
  readonly #participants: Participants;
  readonly #listener: RemoteTileListener;
  readonly #expected: ExpectedTiles;
  readonly #producers = new Producers();
  readonly #sounds = new Sounds();
  readonly #cameras = new Map<RoomParticipant, RemoteTile>();
  readonly #screens = new Map<RoomParticipant, RemoteTile>();
  readonly #own: OwnTile;
  #shares = $state.raw<readonly Tile[]>([]);
  /** Who came just now and may have a picture in a moment, and what ends the wait for it. */
  #awaited = $state.raw<ReadonlyMap<string, ReturnType<typeof setTimeout>>>(new Map());
  #staleTimer: ReturnType<typeof setTimeout> | undefined;
  #firstPicture = Promise.withResolvers<undefined>();

  /** One per person, in the order of the participants; before one has joined, one per video that is expected. */
  readonly all: readonly TileView[] = $derived.by(() =>
    this.#participants.self
      ? this.#participants.all.filter(({ userId }) => !this.#awaited.has(userId)).map((person) => this.#tileOf(person))
      : [...this.#expected.tiles, this.#own],
  );

  constructor(
    participants: Participants,
    camera: { readonly stream: MediaStream | null },
    want: (producerId: string, wanted: WantedLayer) => void,
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
    return this.#sounds.all;
  }

  /** Resolves when a picture of somebody else has been put on screen. */
  get firstPicture(): Promise<undefined> {
    return this.#firstPicture.promise;
  }

  /**
   * Whether what is laid out before one has joined is what there will be among so many people: one
   * camera of each, and it is on.
   */
  isCompleteFor(people: number): boolean {
    const videos = [...this.#producers.allReceived].filter(({ track }) => track.kind === 'video');
    // A shared screen has one layer.
    return videos.length === people && videos.every(({ layers, paused }) => layers > 1 && !paused);
  }

  ownerOf(producerId: string): string | undefined {
    return this.#producers.get(producerId)?.userId;
  }

  /** What the others produce now. A picture stays until the next one for its tile is there. */
  reset(producers: readonly Producer[]): void {
    this.#sounds.stop(this.#producers.keepOnly(new Set(producers.map(({ producerId }) => producerId))));
    for (const producer of producers) this.#producers.announce(producer);
    const present = new Set(this.#participants.all);
    const shown = new Set([...this.#cameras.keys(), ...this.#screens.keys()]);
    for (const person of shown.difference(present)) this.#removeTilesOf(person);
    this.#refreshAll();
    this.#expected.clear();
  }

  /** Somebody has come: drawing a tile for them can wait for their picture, not the picture for that. */
  awaitPicture(userId: string): void {
    this.#awaited = new Map([...this.#awaited, [userId, setTimeout(() => this.#awaitNoMore(userId), PICTURE_MS)]]);
  }

  announce(producer: Producer): void {
    this.#producers.announce(producer);
    this.#refresh(producer.userId, producer.source);
  }

  receive(received: Received): void {
    this.#producers.receive(received);
    const producer = this.#producers.get(received.producerId);
    if (producer) this.#refresh(producer.userId, producer.source);
    else if (!this.#participants.self && received.track.kind === 'video') this.#expected.add(received);
  }

  /** What is received before one has joined comes anew. */
  unready(): void {
    this.#expected.clear();
    if (this.#participants.self) return;
    this.#producers.forgetReceived();
    this.#firstPicture = Promise.withResolvers();
  }

  setPaused(producerId: string, paused: boolean): void {
    const producer = this.#producers.get(producerId);
    if (producer) this.announce({ ...producer, paused });
  }

  close(producerId: string): void {
    const producer = this.#producers.get(producerId);
    this.#producers.remove(producerId);
    this.#sounds.stop([producerId]);
    this.#expected.remove(producerId);
    if (producer) this.#refresh(producer.userId, producer.source);
  }

  removePerson(userId: string): void {
    for (const { producerId } of this.#producers.ofPerson(userId)) this.close(producerId);
    const person = this.#participants.find(userId);
    if (person) this.#removeTilesOf(person);
  }

  /** All producers are gone at once, and everyone makes theirs anew: last pictures stay meanwhile. */
  restarted(): void {
    this.#sounds.stop(this.#producers.keepOnly(new Set()));
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
    // Whoever comes in again finds everybody's tile.
    for (const userId of [...this.#awaited.keys()]) this.#awaitNoMore(userId);
    for (const tile of [...this.#cameras.values(), ...this.#screens.values()]) tile.end();
    this.#expected.clear();
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
    const producer = this.#producers.of(userId, source);
    const received = producer && this.#producers.received(producer.producerId);
    if (source === 'microphone' && person) person.muted = producer?.paused ?? true;
    if (source === 'microphone' || source === 'screen-audio') {
      if (received) this.#sounds.play(received.producerId, received.track);
      return;
    }
    if (!person || (producer && !received && !producer.paused)) return;
    const track = producer && !producer.paused && received ? received.track : null;
    const tile =
      source === 'camera' ? this.#showCamera(person, track, producer?.producerId) : this.#showScreen(person, track);
    if (received && track) tile?.follow(received);
  }

  /** @param producerId what is shown: its tile may have been there before one had joined */
  #showCamera(person: RoomParticipant, track: MediaStreamTrack | null, producerId?: string): RemoteTile {
    const known = this.#cameras.get(person) ?? this.#expected.claim(producerId, person);
    const remote = known ?? new RemoteTile(person, 'camera', this.#listener);
    this.#cameras.set(person, remote);
    remote.tile.show(track);
    if (track) this.#awaitNoMore(person.userId);
    return remote;
  }

  /** Their tile is drawn from now on, with a picture or without. */
  #awaitNoMore(userId: string): void {
    if (!this.#awaited.has(userId)) return;
    clearTimeout(this.#awaited.get(userId));
    this.#awaited = new Map([...this.#awaited].filter(([id]) => id !== userId));
  }

  #showScreen(person: RoomParticipant, track: MediaStreamTrack | null): RemoteTile | null {
    const known = this.#screens.get(person);
    if (!track) {
      known?.end();
      this.#screens.delete(person);
      if (known) this.#shares = this.#shares.filter((tile) => tile !== known.tile);
      return null;
    }
    const remote = known ?? new RemoteTile(person, 'screen', this.#listener);
    if (!known) this.#shares = [...this.#shares, remote.tile];
    this.#screens.set(person, remote);
    remote.tile.show(track);
    return remote;
  }

  #removeTilesOf(person: RoomParticipant): void {
    this.#awaitNoMore(person.userId);
    this.#cameras.get(person)?.end();
    this.#cameras.delete(person);
    this.#showScreen(person, null);
  }

  #tileOf(person: RoomParticipant): TileView {
    if (person.self) return this.#own;
    const remote = this.#cameras.get(person) ?? new RemoteTile(person, 'camera', this.#listener);
    this.#cameras.set(person, remote);
    return remote.tile;
  }
}
