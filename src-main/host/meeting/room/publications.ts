import { type Producer, ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { consumerPriority } from './consumer-priority.ts';
import type { Participant, ParticipantListener } from './participant.ts';
import type { Participants } from './participants.ts';
import type { Publication } from './participant-publications.ts';

interface Live {
  readonly owner: Participant;
  readonly producer: Publication;
}

/** The publications of a room, and telling its participants of them. */
export class Publications implements ParticipantListener {
  readonly #participants: Participants;
  readonly #live = new Map<string, Live>();
  /** The producer of the active speaker, and their userId. */
  #speaking: string | null = null;
  #speaker: string | null = null;

  constructor(participants: Participants) {
    this.#participants = participants;
  }

  opened(owner: Participant, producer: Publication): void {
    const live = { owner, producer };
    producer.priority = this.#priorityOf(live);
    this.#live.set(producer.producerId, live);
    this.#participants.notify(['newProducer', describe(live)], owner);
    for (const participant of this.#participants.everyone)
      if (participant !== owner) participant.subscriptions.offer(producer);
  }

  pausedOrResumed(_owner: Participant, { producerId }: Publication, paused: boolean): void {
    this.#participants.notify([paused ? 'producerPaused' : 'producerResumed', { producerId }]);
  }

  closed(_owner: Participant, { producerId }: Publication): void {
    this.#live.delete(producerId);
    if (producerId === this.#speaking) this.setActiveSpeaker(null);
    for (const participant of this.#participants.everyone) participant.subscriptions.forget(producerId);
    this.#participants.notifyEveryone(['producerClosed', { producerId }]);
  }

  /** The media process has died, and every publication with it. */
  clear(): void {
    this.#live.clear();
    this.setActiveSpeaker(null);
  }

  /** @throws {ProtocolError} NOT_FOUND */
  find(producerId: string): Publication {
    const live = this.#live.get(producerId);
    if (!live) throw new ProtocolError('NOT_FOUND', 'This meeting has no such producer.');
    return live.producer;
  }

  /** What `participant` can subscribe to: the publications of everybody else. */
  consumable(participant: Participant): Publication[] {
    return this.#others(participant).map(({ producer }) => producer);
  }

  describeFor(participant: Participant): Producer[] {
    return this.#others(participant).map(describe);
  }

  /** What `owner` publishes when they join, as others will see it. */
  heldBy(owner: Participant): Producer[] {
    return owner.publications.held.map((producer) => describe({ owner, producer }));
  }

  setActiveSpeaker(producerId: string | null): void {
    const userId = producerId === null ? null : (this.#live.get(producerId)?.owner.membership.userId ?? null);
    this.#speaking = producerId;
    if (userId === this.#speaker) return;
    this.#speaker = userId;
    this.#prioritize();
    this.#participants.notify(['activeSpeaker', { userId }]);
  }

  reportLevels(levels: { producerId: string; dBov: number }[]): void {
    const heard = levels.filter(({ producerId }) => this.#live.has(producerId));
    if (heard.length > 0) this.#participants.notify(['audioLevels', { levels: heard }]);
  }

  /** Gives the active speaker's pictures priority: one request to the media process for each consumer that changes. */
  #prioritize(): void {
    for (const live of this.#live.values()) {
      const { producer } = live;
      const priority = this.#priorityOf(live);
      if (priority === producer.priority) continue;
      producer.priority = priority;
      for (const participant of this.#participants.everyone) participant.subscriptions.prioritize(producer);
    }
  }

  #priorityOf({ owner, producer: { source } }: Live): number {
    return consumerPriority(source, { speaking: owner.membership.userId === this.#speaker });
  }

  #others(participant: Participant): Live[] {
    return [...this.#live.values()].filter(({ owner }) => owner !== participant);
  }
}

function describe({ owner, producer: { producerId, kind, source, paused } }: Live): Producer {
  const { userId, userName } = owner.membership;
  return { producerId, socketId: owner.connection.id, userId, userName, kind, source, paused };
}
