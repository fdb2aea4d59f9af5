import { MAX_CONSUMERS_PER_PARTICIPANT } from '../../../../../src-shared/limits.ts';
import {
  type Consumer,
  type ErrorCode,
  type Payload,
  ProtocolError,
  type RtpCapabilities,
} from '../../../../../src-shared/protocol/index.ts';
import { OTHERS_PRIORITY } from './consumer-priority.ts';
import type { Participant } from '../../participants/participant.ts';
import type { Publication } from './publication.ts';
import { Subscription, noSuchConsumer } from './subscription.ts';

/** What the registry keeps of one participant. */
interface Subscriber {
  /** By producer id. */
  readonly subscriptions: Map<string, Subscription>;
  /** Set while they are offered what comes: they have said what they can receive, and can receive it. */
  offering: RtpCapabilities | null;
  /** What came in this very moment, to be offered together. */
  readonly fresh: Publication[];
}

/** What the participants of a room receive: every subscription, once. */
export class Subscriptions {
  readonly #background: (work: Promise<unknown>) => void;
  readonly #subscribers = new Map<Participant, Subscriber>();

  /** @param background runs what nobody waits for */
  constructor(background: (work: Promise<unknown>) => void) {
    this.#background = background;
  }

  /**
   * A paused consumer.
   *
   * @param options.paused it stays so until it is resumed; else it starts by itself when its subscriber joins
   * @throws {ProtocolError} CONFLICT, CANNOT_CONSUME, LIMIT, NOT_FOUND
   */
  async consume(
    participant: Participant,
    publication: Publication,
    rtpCapabilities: RtpCapabilities,
    { paused = false } = {},
  ): Promise<Consumer> {
    const subscription = await this.#make(participant, publication, rtpCapabilities);
    return subscription.tell({ paused: paused || participant.present });
  }

  /**
   * Consumers of all that are not consumed yet; what cannot be consumed is left out, and what is beyond
   * the limit.
   *
   * @param publications what there is to receive now
   * @throws {ProtocolError} NOT_FOUND: there is no receive transport
   */
  async consumeAll(
    participant: Participant,
    publications: () => readonly Publication[],
    rtpCapabilities: RtpCapabilities,
    { paused = false } = {},
  ): Promise<Consumer[]> {
    const { subscriptions } = this.#subscriber(participant);
    const missing = publications().filter(({ producerId }) => !subscriptions.has(producerId));
    const made = await Promise.allSettled(
      missing.map((publication) => this.consume(participant, publication, rtpCapabilities, { paused })),
    );
    const failed = made.find(
      (result, index) =>
        result.status === 'rejected' && !canBeLeftOut(result.reason, { ended: missing[index]?.state === 'ended' }),
    );
    if (failed?.status === 'rejected') throw failed.reason;
    return made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  /** From now on they are told of a consumer of every publication as it comes. @param publications what there is */
  offerAll(participant: Participant, publications: readonly Publication[], rtpCapabilities: RtpCapabilities): void {
    if (participant.state === 'left') return;
    this.#subscriber(participant).offering = rtpCapabilities;
    for (const publication of publications) this.offer(participant, publication);
  }

  /** Someone who joins brings several: told at once, a client negotiates them in one round. */
  offer(participant: Participant, publication: Publication): void {
    const subscriber = this.#subscribers.get(participant);
    if (!subscriber) return;
    subscriber.fresh.push(publication);
    if (subscriber.fresh.length === 1)
      queueMicrotask(() => this.#background(this.#offerFresh(participant, subscriber)));
  }

  /** @throws {ProtocolError} NOT_FOUND; the others are resumed nevertheless */
  async resume(participant: Participant, consumerIds: readonly string[]): Promise<void> {
    await this.#setPaused(participant, consumerIds, false);
  }

  /** @throws {ProtocolError} NOT_FOUND; the others are paused nevertheless */
  async pause(participant: Participant, consumerIds: readonly string[]): Promise<void> {
    await this.#setPaused(participant, consumerIds, true);
  }

  /**
   * Of a consumer that is named more than once, the last entry counts.
   *
   * @throws {ProtocolError} NOT_FOUND; the others are set nevertheless
   */
  async setPreferredLayers(participant: Participant, wanted: readonly Payload<'setPreferredLayers'>[]): Promise<void> {
    const byConsumer = new Map(wanted.map(({ consumerId, ...layers }) => [consumerId, layers]));
    await this.#forEach(participant, [...byConsumer.keys()], async (subscription, consumerId) => {
      const layers = byConsumer.get(consumerId);
      if (layers) await subscription.preferLayers(layers);
    });
  }

  /** The participant has joined: what they know of starts, but for what they have paused themselves. */
  goLive(participant: Participant): void {
    for (const subscription of this.#of(participant)) {
      if (!subscription.wanted.paused) this.#background(subscription.settle());
    }
  }

  /** A publication's priority has changed. */
  prioritize(publication: Publication): void {
    for (const subscription of this.#subscriptionsTo(publication)) this.#background(subscription.prioritize());
  }

  /** A publication has ended, and everything that was received of it. */
  forget({ producerId }: Publication): void {
    for (const { subscriptions } of this.#subscribers.values()) {
      subscriptions.get(producerId)?.end();
      subscriptions.delete(producerId);
    }
  }

  /** A participant's receive transport has ended, and everything on it. */
  endAll(participant: Participant): void {
    const subscriber = this.#subscribers.get(participant);
    if (!subscriber) return;
    this.#subscribers.delete(participant);
    subscriber.offering = null;
    for (const subscription of subscriber.subscriptions.values()) subscription.end();
  }

  /** Everything has ended at once. */
  clear(): void {
    for (const participant of [...this.#subscribers.keys()]) this.endAll(participant);
  }

  async #offerFresh(participant: Participant, subscriber: Subscriber): Promise<void> {
    const fresh = subscriber.fresh.splice(0);
    const { offering, subscriptions } = subscriber;
    if (!offering) return;
    const missing = fresh.filter(({ producerId }) => !subscriptions.has(producerId));
    const making = missing.map((publication) => this.#make(participant, publication, offering));
    for (const one of making) this.#background(one);
    for (const result of await Promise.allSettled(making)) {
      // Ended while others were made: the person has been told so, before they could know of the consumer.
      if (result.status === 'rejected' || result.value.ended) continue;
      participant.connection.notify('newConsumer', result.value.tell({ paused: participant.present }));
    }
  }

  /** A paused consumer that the participant does not know of yet. */
  async #make(
    participant: Participant,
    publication: Publication,
    rtpCapabilities: RtpCapabilities,
  ): Promise<Subscription> {
    const { subscriptions } = this.#subscriber(participant);
    const { producerId } = publication;
    if (subscriptions.has(producerId)) throw new ProtocolError('CONFLICT', 'You consume this producer already.');
    if (subscriptions.size >= MAX_CONSUMERS_PER_PARTICIPANT) {
      throw new ProtocolError('LIMIT', `One person can receive ${MAX_CONSUMERS_PER_PARTICIPANT} things at once.`);
    }
    const subscription = new Subscription(participant, publication);
    subscriptions.set(producerId, subscription);
    try {
      await subscription.make(rtpCapabilities);
    } catch (error) {
      subscription.end();
      if (subscriptions.get(producerId) === subscription) subscriptions.delete(producerId);
      throw error;
    }
    if (publication.priority !== OTHERS_PRIORITY) this.#background(subscription.prioritize());
    return subscription;
  }

  async #setPaused(participant: Participant, consumerIds: readonly string[], paused: boolean): Promise<void> {
    await this.#forEach(participant, consumerIds, async (subscription) => {
      subscription.wanted = { paused };
      await subscription.settle();
    });
  }

  /**
   * Does something to each subscription named, once. Rejects, when all is done, with the first failure.
   *
   * @throws {ProtocolError} NOT_FOUND
   */
  async #forEach(
    participant: Participant,
    consumerIds: readonly string[],
    act: (subscription: Subscription, consumerId: string) => Promise<void>,
  ): Promise<void> {
    const known = new Map(this.#of(participant).map((subscription) => [subscription.consumerId, subscription]));
    const results = await Promise.allSettled(
      [...new Set(consumerIds)].map(async (consumerId) => {
        const subscription = known.get(consumerId);
        if (!subscription) throw noSuchConsumer();
        await act(subscription, consumerId);
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #of(participant: Participant): Subscription[] {
    return [...(this.#subscribers.get(participant)?.subscriptions.values() ?? [])];
  }

  *#subscriptionsTo({ producerId }: Publication): Iterable<Subscription> {
    for (const { subscriptions } of this.#subscribers.values()) {
      const subscription = subscriptions.get(producerId);
      if (subscription) yield subscription;
    }
  }

  /** @throws {ProtocolError} NOT_JOINED: they have left */
  #subscriber(participant: Participant): Subscriber {
    if (participant.state === 'left') throw new ProtocolError('NOT_JOINED', 'You have left the meeting.');
    const known = this.#subscribers.get(participant);
    if (known) return known;
    const subscriber: Subscriber = { subscriptions: new Map(), offering: null, fresh: [] };
    this.#subscribers.set(participant, subscriber);
    return subscriber;
  }
}

const LEFT_OUT: readonly ErrorCode[] = ['CANNOT_CONSUME', 'CONFLICT', 'LIMIT'];

/**
 * Whether everything else can go on without this consumer: not playable here, made meanwhile, one too
 * many, or its producer ended.
 */
function canBeLeftOut(error: unknown, { ended }: { ended: boolean }): boolean {
  if (!(error instanceof ProtocolError)) return false;
  return LEFT_OUT.includes(error.code) || (error.code === 'NOT_FOUND' && ended);
}
