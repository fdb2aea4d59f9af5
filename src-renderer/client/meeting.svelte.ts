import { tick } from 'svelte';
import type { Invite } from '../../src-shared/invite.ts';
import type { Answer, PayloadInput, RequestName, Room, RoomInfo } from '../../src-shared/protocol/index.ts';
import type { Platform } from '../platform/index.ts';
import { RoomSession } from './session/room-session.ts';
import type { Devices } from './devices/devices.svelte.ts';
import { SessionTimers } from './session/timers.ts';
import { PreJoin } from './session/pre-join.svelte.ts';
import { PHASES } from './session/session-state.svelte.ts';
import { Invitations, heldRoom } from './state/invitations.svelte.ts';
import { mark } from './session/marks.ts';
import { MeetingHost } from './state/meeting-host.svelte.ts';
import * as memory from './settings/index.ts';
import type { Preferences } from './settings/preferences.svelte.ts';
import type { RecentRooms } from './settings/recent-rooms.svelte.ts';
import { LocalMedia } from './media/local-media.svelte.ts';
import { PersonalLink } from './state/personal-link.svelte.ts';
import { ownVoice } from './state/participants/participant.svelte.ts';
import { MeetingError, problemOf } from './problem.ts';
import { RoomHistory } from './session/room-history.ts';
import { route } from './state/events.ts';
import { createRoomStores, type RoomStores } from './state/room-stores.ts';
import { Participants } from './state/participants/participants.svelte.ts';
import { Tiles } from './state/tiles/tiles.svelte.ts';
import type { MeetingView, ParticipantView, Phase, Problem, SoundView, TileView } from './view.ts';

/** How long the first pictures take after joining, on a slow computer too, ms. Until then the page's thread is theirs. */
const FIRST_PICTURES_MS = 1000;

export interface MeetingOptions {
  invite: Invite;
  devices: Devices;
  platform: Platform;
  preferences?: Preferences;
  recent?: RecentRooms;
}

/** One person's meeting: connects session, devices and stores. */
export class Meeting implements MeetingView {
  readonly invitations: Invitations | null;
  readonly chat: RoomStores['chat'];
  readonly admission: RoomStores['admission'];
  readonly lobby: RoomStores['lobby'];
  readonly moderation: RoomStores['moderation'];
  readonly #stores: RoomStores;
  readonly #invite: Invite;
  readonly #personalLink: PersonalLink;
  readonly #devices: Devices;
  readonly #platform: Platform;
  readonly #preferences: Preferences;
  readonly #history: RoomHistory;
  readonly #host: MeetingHost;
  readonly #preJoin: PreJoin;
  readonly #timers = new SessionTimers();
  readonly #participants: Participants;
  readonly #tiles: Tiles;
  /** The latest; null: not begun. */
  #session = $state.raw<RoomSession | null>(null);
  #localMedia = $state.raw<LocalMedia | null>(null);
  #room = $state.raw<Room | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #joinedAt = $state<number | null>(null);
  #settled = $state(false);
  #release: () => void = () => undefined;

  constructor({ invite, devices, platform, preferences, recent }: MeetingOptions) {
    this.#invite = invite;
    this.#host = new MeetingHost(invite, platform);
    this.#devices = devices;
    this.#platform = platform;
    this.#preferences = preferences ?? memory.preferences;
    this.#history = new RoomHistory(invite, recent ?? memory.recent);
    const held = heldRoom(invite);
    this.invitations = held && new Invitations(held);
    this.#personalLink = new PersonalLink(invite, { held: held !== null });
    this.#participants = new Participants(ownVoice(devices.microphone));
    this.#tiles = new Tiles(this.#participants, devices.camera, (id, demand) => this.#session?.media.want(id, demand));
    this.#preJoin = new PreJoin({
      where: { ...invite, ...memory.ownRooms.credentialsFor(invite) },
      timers: this.#timers,
      isLaidOut: (count) => this.#tiles.isCompleteFor(count),
    });
    this.#stores = createRoomStores({
      roomId: invite.roomId,
      ask: (name, payload) => this.#ask(name, payload),
      self: () => this.self,
      nameOf: (userId) => this.#participants.find(userId)?.name ?? null,
      room: () => this.#room,
      changed: (room, linkKey) => {
        this.#room = room;
        if (linkKey !== undefined) this.#host.setLinkKey(linkKey);
      },
      media: { microphone: devices.microphone, camera: devices.camera, stopSharing: () => this.stopSharing() },
    });
    ({ chat: this.chat, admission: this.admission, lobby: this.lobby, moderation: this.moderation } = this.#stores);
  }

  get phase(): Phase {
    return PHASES[this.#session?.state ?? 'preparing'];
  }
  get room(): Room | null {
    return this.#room;
  }
  get count(): number | null {
    return this.self ? this.people.length : this.#preJoin.count;
  }
  get hostName(): string | null {
    return this.#host.name;
  }
  get words(): readonly string[] | null {
    return this.#host.words;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get self(): ParticipantView | null {
    return this.#participants.self;
  }
  get people(): readonly ParticipantView[] {
    return this.#participants.all;
  }
  get tiles(): readonly TileView[] {
    return this.#tiles.all;
  }
  get shares(): readonly TileView[] {
    return this.#tiles.shares;
  }
  get sounds(): readonly SoundView[] {
    return this.#tiles.sounds;
  }
  get joinedAt(): number | null {
    return this.#joinedAt;
  }
  get entering(): boolean {
    return this.#preJoin.entering;
  }
  get settled(): boolean {
    return this.#settled;
  }
  get givenName(): string | null {
    return this.#personalLink.name;
  }
  get watching(): boolean {
    return this.#personalLink.watching || this.self?.role === 'viewer';
  }
  get sharing(): boolean {
    return this.#localMedia?.sharing ?? false;
  }

  get link(): string | null {
    return this.#host.linkTo(this.#room);
  }

  prepare(): void {
    addEventListener('pagehide', this.#leave);
    addEventListener('online', this.#hurry);
    this.#host.ask();
    // Viewers send no video, so they are not asked for the camera.
    void this.#personalLink.read().then(async () => {
      // They may have left while the link was read.
      if (this.phase !== 'ended' && !this.watching) await this.#devices.open();
    });
    this.#openSession();
  }

  async join(name: string, passcode?: string): Promise<void> {
    const { phase } = this;
    if (phase !== 'preparing' && phase !== 'ready') return;
    mark('parley:join-click');
    this.#problem = null;
    this.#preJoin.join({ ready: phase === 'ready' });
    const joining = this.#session?.join(name, passcode);
    this.#preferences.name = name;
    try {
      await joining;
    } catch (error) {
      this.#preJoin.end();
      // Unless the session has ended with another problem.
      const given = { passcode: passcode !== undefined };
      if (this.phase !== 'ended') this.#problem = this.admission.learn(problemOf(error), given);
    }
  }

  leave(): Promise<void> {
    this.#leave();
    return Promise.resolve();
  }

  retry(): void {
    this.#hurry();
  }

  async share(quality: 'text' | 'motion'): Promise<void> {
    const showOwn = () => this.#tiles.showOwnScreen(this.#localMedia?.screenTrack ?? null);
    const sharing = this.#localMedia?.share(quality, showOwn);
    await sharing;
    showOwn();
  }

  stopSharing(): void {
    this.#localMedia?.stopSharing();
    this.#tiles.showOwnScreen(null);
  }

  async raiseHand(raised: boolean): Promise<void> {
    await this.#ask('raiseHand', { raised });
  }

  async react(reaction: string): Promise<void> {
    await this.#ask('react', { reaction });
  }

  #openSession(): void {
    const session = new RoomSession(
      this.#invite,
      {
        found: (room) => this.#found(room),
        ready: (problem) => {
          mark('parley:ready');
          this.#problem = this.admission.learn(problem, { passcode: false });
          this.#recount();
        },
        waiting: () => {
          this.#preJoin.end();
          this.#problem = null;
          this.admission.enter();
        },
        admitted: () => this.#admitted(),
        joined: (answer) => this.#joined(answer),
        received: (received) => {
          for (const one of received) this.#tiles.receive(one);
          this.#recount();
          return tick();
        },
        restarted: () => {
          this.#preJoin.end();
          this.#tiles.restarted();
        },
        lost: () => {
          this.#preJoin.end();
          this.#tiles.unready();
        },
        delayed: (problem) => (this.#problem = problem),
        recovered: () => (this.#problem = null),
        ended: (problem) => this.#end(problem),
      },
      this.#timers,
    );
    route(session, { participants: this.#participants, tiles: this.#tiles, ...this.#stores });
    session.on('producerClosed', () => this.#recount());
    session.on('roomUpdated', ({ room }) => (this.#room = room));
    this.#session = session;
    this.#localMedia = new LocalMedia(session.media, this.#devices, this.#platform);
  }

  /** Those who are in know who comes and goes. */
  #recount(): void {
    if (this.phase === 'ready') this.#preJoin.changed();
  }

  #admitted(): Promise<unknown> | null {
    this.#preJoin.answered();
    if (this.#joinedAt !== null) return null;
    mark('parley:joined');
    const { firstPicture } = this.#tiles;
    void firstPicture.then(() => mark('parley:first-remote-frame'));
    // A hidden page is drawn nowhere, and its timers may be a second late.
    return this.#preJoin.entering && !document.hidden ? firstPicture : null;
  }

  #found(room: RoomInfo): void {
    this.#room = room;
    // What was told on an earlier connection may be over.
    this.lobby.tell([]);
    this.#preJoin.found(room.participants ?? null);
  }

  #joined({ room, userId, participants, producers, messages }: Answer<'joinRoom'>): void {
    this.#room = room;
    this.#problem = null;
    this.admission.leave();
    this.#participants.reset(participants, userId);
    this.#tiles.reset(producers);
    this.chat.recall(messages);
    this.#preJoin.end();
    if (this.#joinedAt !== null) return;
    this.#joinedAt = Date.now();
    this.#release = this.#platform.keepAwake();
    this.#history.joined(() => {
      const { origin, key, fingerprint = null } = this.#host;
      return { name: room.name, hostName: this.hostName, origin, fingerprint, ...(key !== undefined && { key }) };
    });
    this.#timers.set('settle', FIRST_PICTURES_MS, () => this.#settle());
  }

  #settle(): void {
    this.#history.write();
    this.#settled = true;
  }

  #end(problem: Problem): void {
    this.#stop();
    // The host does not distinguish an invalid personal link from a room that has ended.
    this.#problem = this.#personalLink.present && problem.code === 'NOT_FOUND' ? { code: 'UNAUTHORIZED' } : problem;
    if (this.#problem.code === 'NOT_FOUND') this.#history.forget();
  }

  async #ask<Name extends RequestName>(name: Name, payload: PayloadInput<Name>): Promise<Answer<Name>> {
    try {
      if (!this.#session || this.phase === 'ended') throw new MeetingError('NOT_JOINED', 'The meeting has ended.');
      return await this.#session.request(name, payload);
    } catch (error) {
      throw problemOf(error);
    }
  }

  readonly #hurry = (): void => this.#session?.hurry();

  readonly #leave = (): void => {
    this.#stop();
    this.#devices.close();
  };

  #stop(): void {
    removeEventListener('pagehide', this.#leave);
    removeEventListener('online', this.#hurry);
    this.#preJoin.end();
    this.#history.write();
    this.#localMedia?.close();
    this.#session?.leave();
    this.#tiles.stop();
    this.#participants.close();
    this.#release();
  }
}
