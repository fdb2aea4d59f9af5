import { MAX_PRODUCERS_PER_PARTICIPANT } from '../../../../../src-shared/limits.ts';
import {
  KIND_OF_SOURCE,
  type MediaKind,
  type Payload,
  type Producer,
  ProtocolError,
  type Source,
} from '../../../../../src-shared/protocol/index.ts';
import { notPermitted } from '../../failures.ts';
import type { Clock } from '../../ports.ts';
import { consumerPriority } from './consumer-priority.ts';
import type { Participant } from '../../participants/participant.ts';
import type { Participants } from '../../participants/participants.ts';
import { Publication, noSuchProducer } from './publication.ts';
import type { Subscriptions } from './subscriptions.ts';

const DEFAULT_SOURCE: Record<MediaKind, Source> = { audio: 'microphone', video: 'camera' };

/** What the participants of a room send: every publication, once. Tells the others of them. */
export class Publications {
  readonly #participants: Participants;
  readonly #subscriptions: Subscriptions;
  readonly #clock: Clock;
  readonly #background: (work: Promise<unknown>) => void;
  /** By producer id. */
  readonly #all = new Map<string, Publication>();
  /** The producer of the active speaker, and their userId. */
  #speaking: string | null = null;
  #speaker: string | null = null;

  constructor(options: {
    participants: Participants;
    subscriptions: Subscriptions;
    clock: Clock;
    /** Runs what nobody waits for. */
    background: (work: Promise<unknown>) => void;
  }) {
    this.#participants = options.participants;
    this.#subscriptions = options.subscriptions;
    this.#clock = options.clock;
    this.#background = options.background;
  }

  /**
   * While its owner prepares it is held: silent and unseen until they join.
   *
   * @param transportId absent: whichever send transport there is
   * @throws {ProtocolError} FORBIDDEN, NOT_JOINED (not `held` while preparing), NOT_FOUND, LIMIT, CONFLICT, BAD_REQUEST
   */
  async produce(owner: Participant, request: Payload<'produce'>, transportId?: string): Promise<string> {
    const { kind, rtpParameters, source = DEFAULT_SOURCE[kind], paused = false, held = false } = request;
    const { producerId = crypto.randomUUID() } = request;
    if (KIND_OF_SOURCE[source] !== kind) throw new ProtocolError('BAD_REQUEST', `A ${source} is not ${kind}.`);
    const publication = new Publication({ owner, producerId, kind, source, paused, clock: this.#clock });
    if (publication.missingPermission) throw refusalOf(publication);
    this.#keepPaused(publication);
    // Someone who joined while this was on its way is present already: `held` has done its work.
    if (!owner.present && !held) throw new ProtocolError('NOT_JOINED', 'Join the meeting before sending.');
    this.#add(publication);
    try {
      await publication.make(rtpParameters, transportId, () => this.#end(publication));
    } catch (error) {
      this.#end(publication);
      throw error;
    }
    // Its owner may have joined just before, which opened it already, or may not send any more.
    if (owner.present && publication.state === 'held') this.#open(publication);
    if (publication.state === 'ended') throw refusalOf(publication);
    return producerId;
  }

  /** @throws {ProtocolError} NOT_FOUND, MEDIA_RESTARTING */
  async pause(owner: Participant, producerId: string): Promise<void> {
    await this.#setPaused(await this.#ownedBy(owner, producerId), true);
  }

  /** @throws {ProtocolError} NOT_FOUND, FORBIDDEN, MEDIA_RESTARTING */
  async resume(owner: Participant, producerId: string): Promise<void> {
    // Before the wait: who is muted while it is made stays muted.
    if (this.#all.get(producerId)?.source === 'microphone' && owner.present) {
      if (!owner.may('unmute')) throw notPermitted('unmute');
      if (owner.membership.microphone === 'muted') owner.membership.microphone = 'free';
    }
    const publication = await this.#ownedBy(owner, producerId);
    if (publication.source === 'microphone' && owner.present && owner.membership.microphone === 'muted') {
      owner.connection.notify('mutedByHost', { source: 'microphone' });
      return;
    }
    await this.#setPaused(publication, false);
  }

  /** Pauses what somebody sends, without being asked by them, and tells them. @throws {ProtocolError} MEDIA_RESTARTING */
  async pauseByOthers(owner: Participant, source: 'microphone' | 'camera'): Promise<void> {
    if (source === 'microphone') owner.membership.microphone = 'muted';
    const flowing = this.#of(owner).filter(
      (publication) => publication.source === source && !publication.wanted.paused,
    );
    if (flowing.length === 0) return;
    owner.connection.notify('mutedByHost', { source });
    await Promise.all(flowing.map((publication) => this.#setPaused(publication, true)));
  }

  /** Ends somebody's screen share, with its sound, and tells them. */
  closeShare(owner: Participant): void {
    const shares = this.#of(owner).filter(({ source }) => source === 'screen' || source === 'screen-audio');
    if (shares.length > 0) owner.connection.notify('mutedByHost', { source: 'screen' });
    for (const publication of shares) this.#close(publication);
  }

  /** Ends what somebody sends and may not send any more: their role or the room's settings have changed. */
  review(owner: Participant): void {
    if (this.#of(owner).some(({ missingPermission }) => missingPermission === 'share')) this.closeShare(owner);
    for (const publication of this.#of(owner)) if (publication.missingPermission) this.#close(publication);
  }

  /** @throws {ProtocolError} NOT_FOUND */
  async close(owner: Participant, producerId: string): Promise<void> {
    this.#close(await this.#ownedBy(owner, producerId));
  }

  /** What others can consume. @throws {ProtocolError} NOT_FOUND */
  find(producerId: string): Publication {
    const publication = this.#all.get(producerId);
    if (publication?.state !== 'live') throw new ProtocolError('NOT_FOUND', 'This meeting has no such producer.');
    return publication;
  }

  /** What `participant` can subscribe to: the publications of everybody else. */
  consumable(participant: Participant): Publication[] {
    return [...this.#all.values()].filter((publication) => isConsumableBy(participant, publication));
  }

  /** @param producerId of the only one that is asked for; absent: all */
  describeFor(participant: Participant, producerId?: string): Producer[] {
    if (producerId === undefined) return this.consumable(participant).map((publication) => publication.describe());
    const publication = this.#all.get(producerId);
    return publication && isConsumableBy(participant, publication) ? [publication.describe()] : [];
  }

  /** What `owner`, who is joining, publishes with that, as others will see it. */
  describeHeld(owner: Participant): Producer[] {
    const held = this.#of(owner).filter(
      (publication) => publication.state === 'held' && !publication.missingPermission,
    );
    return held.map((publication) => publication.describe());
  }

  /** The owner has joined: what is held starts, unless they want it paused, and others may see it. */
  goLive(owner: Participant): void {
    for (const publication of this.#of(owner)) if (publication.state === 'held') this.#open(publication);
  }

  /** The owner has gone, and everything they send with them. */
  endAll(owner: Participant): void {
    for (const publication of this.#of(owner)) this.#end(publication);
  }

  /** Everything has ended at once: nobody is told of each. */
  clear(): void {
    for (const publication of this.#all.values()) publication.end();
    this.#all.clear();
    this.setActiveSpeaker(null);
  }

  setActiveSpeaker(producerId: string | null): void {
    const publication = producerId === null ? undefined : this.#all.get(producerId);
    const userId = publication?.state === 'live' ? publication.owner.membership.userId : null;
    this.#speaking = producerId;
    if (userId === this.#speaker) return;
    this.#speaker = userId;
    this.#prioritize();
    this.#participants.notify(['activeSpeaker', { userId }]);
  }

  reportLevels(levels: { producerId: string; dBov: number }[]): void {
    const heard = levels.filter(({ producerId }) => this.#all.get(producerId)?.state === 'live');
    if (heard.length > 0) this.#participants.notify(['audioLevels', { levels: heard }]);
  }

  #add(publication: Publication): void {
    const { owner, producerId } = publication;
    if (this.#all.has(producerId)) throw new ProtocolError('CONFLICT', 'This producer id is in use.');
    if (this.#of(owner).length >= MAX_PRODUCERS_PER_PARTICIPANT) {
      throw new ProtocolError('LIMIT', `One person can send ${MAX_PRODUCERS_PER_PARTICIPANT} things at once.`);
    }
    this.#all.set(producerId, publication);
  }

  /** Ends it instead, if its owner may not send after all. */
  #open(publication: Publication): void {
    if (publication.missingPermission) {
      this.#close(publication);
      return;
    }
    this.#keepPaused(publication);
    publication.open();
    publication.priority = this.#priorityOf(publication);
    this.#background(publication.settle());
    this.#participants.notify(['newProducer', publication.describe()], publication.owner);
    for (const participant of this.#participants.everyone) {
      if (participant !== publication.owner) this.#subscriptions.offer(participant, publication);
    }
  }

  /** Its owner is told that it is not on, as they wanted it. */
  #keepPaused(publication: Publication): void {
    if (!publication.mustBePaused) return;
    publication.wanted = { paused: true };
    publication.owner.connection.notify('mutedByHost', { source: publication.source });
  }

  async #setPaused(publication: Publication, paused: boolean): Promise<void> {
    const { producerId } = publication;
    const changed = publication.wanted.paused !== paused;
    publication.wanted = { paused };
    if (publication.state !== 'live') return;
    await publication.settle();
    if (changed) this.#participants.notify([paused ? 'producerPaused' : 'producerResumed', { producerId }]);
  }

  #close(publication: Publication): void {
    publication.close();
    this.#end(publication);
  }

  /** Every publication ends here. */
  #end(publication: Publication): void {
    const { producerId } = publication;
    if (this.#all.get(producerId) !== publication) return;
    const told = publication.state === 'live';
    this.#all.delete(producerId);
    publication.end();
    if (!told) return;
    if (producerId === this.#speaking) this.setActiveSpeaker(null);
    this.#subscriptions.forget(publication);
    this.#participants.notifyEveryone(['producerClosed', { producerId }]);
  }

  async #ownedBy(owner: Participant, producerId: string): Promise<Publication> {
    const publication = this.#all.get(producerId);
    if (publication?.owner !== owner) throw noSuchProducer();
    await publication.made;
    if (this.#all.get(producerId) !== publication) throw noSuchProducer();
    return publication;
  }

  #of(owner: Participant): Publication[] {
    return [...this.#all.values()].filter((publication) => publication.owner === owner);
  }

  /** Gives the active speaker's pictures priority: one request to the media process for each consumer that changes. */
  #prioritize(): void {
    for (const publication of this.#all.values()) {
      if (publication.state !== 'live') continue;
      const priority = this.#priorityOf(publication);
      if (priority === publication.priority) continue;
      publication.priority = priority;
      this.#subscriptions.prioritize(publication);
    }
  }

  #priorityOf({ owner, source }: Publication): number {
    return consumerPriority(source, { speaking: owner.membership.userId === this.#speaker });
  }
}

function isConsumableBy(participant: Participant, { state, owner }: Publication): boolean {
  return state === 'live' && owner !== participant;
}

/** Why there is no such publication: its owner may not send it, or it has ended. */
function refusalOf({ missingPermission }: Publication): ProtocolError {
  return missingPermission ? notPermitted(missingPermission) : noSuchProducer();
}
