import {
  type Consumer,
  type ErrorCode,
  type Payload,
  ProtocolError,
  type RtpCapabilities,
} from '../../../../src-shared/protocol/index.ts';
import { OTHERS_PRIORITY } from './consumer-priority.ts';
import type { Notify } from '../session/client-connection.ts';
import type { MediaPeer } from '../ports.ts';

/** A producer of somebody else, as far as receiving it goes. */
export interface ConsumableProducer {
  readonly producerId: string;
  readonly paused: boolean;
  readonly priority: number;
}

interface Subscription {
  /** Null until the person is told of it: what flows before they can take it is lost. */
  consumerId: string | null;
  /** What the person asked for before they joined. */
  paused: boolean;
}

/** What one person receives. Until `goLive` nothing flows, whatever is resumed. */
export class Subscriptions {
  readonly #peer: MediaPeer;
  readonly #notify: Notify;
  readonly #background: (work: Promise<unknown>) => void;
  /** The person's consumers by producer. */
  readonly #consumers = new Map<string, Subscription>();
  #live = false;
  /** Set while consumers are made without being asked for: the person gave capabilities and can receive. */
  #offering: RtpCapabilities | null = null;
  /** What came in this very moment, to be offered together. */
  readonly #fresh: ConsumableProducer[] = [];

  constructor(options: { peer: MediaPeer; notify: Notify; background: (work: Promise<unknown>) => void }) {
    this.#peer = options.peer;
    this.#notify = options.notify;
    this.#background = options.background;
  }

  /**
   * A paused consumer.
   *
   * @param options.paused it stays so until it is resumed; else it starts by itself when its owner joins
   * @throws {ProtocolError} CONFLICT, CANNOT_CONSUME, LIMIT, NOT_FOUND
   */
  async consume(
    producer: ConsumableProducer,
    rtpCapabilities: RtpCapabilities,
    { paused = false } = {},
  ): Promise<Consumer> {
    const { subscription, consumer } = await this.#make(producer, rtpCapabilities);
    subscription.consumerId = consumer.id;
    subscription.paused = paused;
    return consumer;
  }

  /**
   * Consumers of all that are not consumed yet; what cannot be consumed is left out, and what is beyond
   * the limit.
   *
   * @param producers what there is to receive now
   * @throws {ProtocolError} NOT_FOUND: there is no receive transport
   */
  async consumeAll(
    producers: () => readonly ConsumableProducer[],
    rtpCapabilities: RtpCapabilities,
    { paused = false } = {},
  ): Promise<Consumer[]> {
    const missing = producers().filter(({ producerId }) => !this.#consumers.has(producerId));
    const made = await Promise.allSettled(
      missing.map((producer) => this.consume(producer, rtpCapabilities, { paused })),
    );
    const there = new Set(producers().map(({ producerId }) => producerId));
    const failed = made.find(
      (result, index) =>
        result.status === 'rejected' &&
        !canBeLeftOut(result.reason, { ended: !there.has(missing[index]?.producerId ?? '') }),
    );
    if (failed?.status === 'rejected') throw failed.reason;
    return made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  /** From now on every producer is consumed as it comes, and the person told of the consumer. */
  offerAll(producers: readonly ConsumableProducer[], rtpCapabilities: RtpCapabilities): void {
    this.#offering = rtpCapabilities;
    for (const producer of producers) this.offer(producer);
  }

  /** Someone who joins brings several: told at once, a client negotiates them in one round. */
  offer(producer: ConsumableProducer): void {
    this.#fresh.push(producer);
    if (this.#fresh.length === 1) queueMicrotask(() => this.#background(this.#offerFresh()));
  }

  /** @throws {ProtocolError} NOT_FOUND; the others are resumed nevertheless */
  async resume(consumerIds: readonly string[]): Promise<void> {
    await forEach(new Set(consumerIds), (consumerId) => this.#setPaused(consumerId, false));
  }

  /** @throws {ProtocolError} NOT_FOUND; the others are paused nevertheless */
  async pause(consumerIds: readonly string[]): Promise<void> {
    await forEach(new Set(consumerIds), (consumerId) => this.#setPaused(consumerId, true));
  }

  /**
   * Of a consumer that is named more than once, the last entry counts.
   *
   * @throws {ProtocolError} NOT_FOUND; the others are set nevertheless
   */
  async setPreferredLayers(wanted: readonly Payload<'setPreferredLayers'>[]): Promise<void> {
    const byConsumer = new Map(wanted.map(({ consumerId, ...layers }) => [consumerId, layers]));
    await forEach(byConsumer, ([consumerId, layers]) => this.#peer.setPreferredLayers(consumerId, layers));
  }

  /** The person has joined: their consumers start, but for those they have paused themselves. */
  goLive(): void {
    this.#live = true;
    for (const { consumerId, paused } of this.#consumers.values()) {
      if (consumerId && !paused) this.#background(this.#peer.resumeConsumer(consumerId));
    }
  }

  layersChanged(consumerId: string, layers: { spatialLayer: number; temporalLayer: number } | null): void {
    if (!this.#live) return;
    this.#notify('consumerLayersChanged', { consumerId, ...(layers ?? { spatialLayer: null, temporalLayer: null }) });
  }

  /** A producer's priority has changed. A consumer that is just being made gets it when it is made. */
  prioritize({ producerId, priority }: ConsumableProducer): void {
    const consumerId = this.#consumers.get(producerId)?.consumerId;
    if (consumerId) this.#setPriority(consumerId, priority);
  }

  /** A producer has ended, and its consumer with it. */
  forget(producerId: string): void {
    this.#consumers.delete(producerId);
  }

  /** The receive transport has ended, and everything on it. */
  forgetAll(): void {
    this.#consumers.clear();
    this.#offering = null;
  }

  async #offerFresh(): Promise<void> {
    const fresh = this.#fresh.splice(0);
    const capabilities = this.#offering;
    if (!capabilities) return;
    const missing = fresh.filter(({ producerId }) => !this.#consumers.has(producerId));
    const making = missing.map((producer) => this.#make(producer, capabilities));
    for (const one of making) this.#background(one);
    for (const result of await Promise.allSettled(making)) {
      if (result.status === 'rejected') continue;
      const { subscription, consumer } = result.value;
      // Closed while others were made: the person has been told so, before they could know of the consumer.
      if (this.#consumers.get(consumer.producerId) !== subscription) continue;
      subscription.consumerId = consumer.id;
      this.#notify('newConsumer', consumer);
    }
  }

  /** A paused consumer that the person does not know of yet. */
  async #make(
    producer: ConsumableProducer,
    rtpCapabilities: RtpCapabilities,
  ): Promise<{ subscription: Subscription; consumer: Consumer }> {
    const { producerId } = producer;
    if (this.#consumers.has(producerId)) throw new ProtocolError('CONFLICT', 'You consume this producer already.');
    const subscription: Subscription = { consumerId: null, paused: false };
    this.#consumers.set(producerId, subscription);
    try {
      const consumer = await this.#peer.consume(producerId, rtpCapabilities);
      if (this.#consumers.get(producerId) !== subscription) throw gone();
      if (producer.priority !== OTHERS_PRIORITY) this.#setPriority(consumer.id, producer.priority);
      // A producer that is just starting is still paused in the media process.
      return { subscription, consumer: { ...consumer, producerPaused: producer.paused } };
    } catch (error) {
      if (this.#consumers.get(producerId) === subscription) this.#consumers.delete(producerId);
      throw error;
    }
  }

  #setPriority(consumerId: string, priority: number): void {
    this.#background(this.#peer.setConsumerPriority(consumerId, priority));
  }

  /** Before `goLive` it is only noted. @throws {ProtocolError} NOT_FOUND */
  async #setPaused(consumerId: string, paused: boolean): Promise<void> {
    if (this.#live) return paused ? this.#peer.pauseConsumer(consumerId) : this.#peer.resumeConsumer(consumerId);
    const subscription = this.#consumers.values().find((candidate) => candidate.consumerId === consumerId);
    if (!subscription) throw gone();
    subscription.paused = paused;
  }
}

/** Does something to each item. Rejects, once all are done, with the first failure. */
async function forEach<Item>(items: Iterable<Item>, act: (item: Item) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled([...items].map(act));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
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

function gone(): ProtocolError {
  return new ProtocolError('NOT_FOUND', 'You have no such consumer, or its producer has ended.');
}
