import type { Participant, Producer } from '../../../../../src-shared/protocol/index.ts';
import type { MediaEvent, MediaProducer } from '../../../../../src-shared/protocol/http/media-events.ts';
import type { MeetingEvent } from '../../../meeting/index.ts';
import { TYPE_OF } from './types.ts';

/** What an attendee knows of their room: it gives events the names that the meeting's leave out. */
export class RoomView {
  /** Names by userId. */
  readonly #participants = new Map<string, string>();
  readonly #producers = new Map<string, MediaProducer>();

  /** Takes in what there is, without a word. */
  see({
    participants = [],
    producers,
  }: {
    participants?: readonly Participant[];
    producers: readonly Producer[];
  }): void {
    for (const { userId, userName } of participants) this.#participants.set(userId, userName);
    for (const producer of producers) this.add(described(producer));
  }

  add(producer: MediaProducer): void {
    this.#producers.set(producer.id, producer);
  }

  find(producerId: string): MediaProducer | undefined {
    return this.#producers.get(producerId);
  }

  /** The event as this API tells it; null: it has no word for it, or the attendee knows already. */
  translate([name, payload, heldProducers = []]: MeetingEvent): MediaEvent | null {
    if (name === 'peer-joined') return this.#joined(payload, heldProducers);
    if (name === 'peerLeft') return this.#ended(payload.userId);
    if (name === 'newProducer') return this.#added(payload);
    if (name === 'producerClosed') return this.#changed('producerRemoved', payload.producerId);
    if (name === 'producerPaused' || name === 'producerResumed') return this.#changed(name, payload.producerId);
    if (name === 'waiting') return { event: name, hostPresent: payload.hostPresent };
    if (name === 'denied') return { event: name, reason: payload.reason };
    if (name === 'mutedByHost') return { event: name, type: TYPE_OF[payload.source] };
    if (name === 'unmuteAsked') return { event: name };
    if (name === 'participantUpdated') this.see({ participants: [payload.participant], producers: [] });
    return null;
  }

  #joined(participant: Participant, producers: readonly Producer[]): MediaEvent {
    this.see({ participants: [participant], producers });
    return {
      event: 'userJoined',
      user: participant.userName,
      userId: participant.userId,
      producers: producers.map(described),
    };
  }

  #ended(userId: string): MediaEvent | null {
    const user = this.#participants.get(userId);
    this.#participants.delete(userId);
    return user === undefined ? null : { event: 'userLeft', user, userId };
  }

  #added(producer: Producer): MediaEvent | null {
    // It was sent with `userJoined` of its owner.
    if (this.#producers.has(producer.producerId)) return null;
    const added = described(producer);
    this.add(added);
    return { event: 'producerAdded', ...added };
  }

  #changed(event: 'producerRemoved' | 'producerPaused' | 'producerResumed', producerId: string): MediaEvent | null {
    const producer = this.#producers.get(producerId);
    if (!producer) return null;
    const { userId, type, id } = producer;
    if (event === 'producerRemoved') this.#producers.delete(id);
    else this.add({ ...producer, paused: event === 'producerPaused' });
    return { event, user: this.#participants.get(userId) ?? producer.user, userId, type, id };
  }
}

/** A producer as this API describes it. */
export function described({ producerId, userName, userId, source, kind, paused }: Producer): MediaProducer {
  return { user: userName, userId, type: TYPE_OF[source], kind, id: producerId, paused };
}
