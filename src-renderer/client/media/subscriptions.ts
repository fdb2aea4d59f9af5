import type { types } from 'mediasoup-client';
import type { Consumer } from '../../../src-shared/protocol/index.ts';
import { passes, problemOf } from '../problem.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import type { WantedLayer } from './layer-policy.ts';
import type { Reconcilable, Reconciler } from './reconciler.ts';
import { Subscription } from './subscription.ts';
import type { SubscriptionRequest } from './subscription.ts';

/** The video or audio of another participant, ready to be shown or played. */
export interface Received {
  producerId: string;
  track: MediaStreamTrack;
  /** How many spatial layers it has. */
  layers: number;
  /** Whether its owner had paused it when it was offered. */
  paused: boolean;
}

/** Called with the consumers that were negotiated together. Resolves when their media elements exist. */
export type ReceivedListener = (received: readonly Received[]) => Promise<unknown>;

export interface SubscriptionsOptions {
  signaling: Pick<RoomSignaling, 'request'>;
  reconciler: Reconciler;
  received: ReceivedListener;
  /** Prepared: the host lets flow with the join what has been negotiated by then. */
  held: boolean;
}

/** Pausing comes first, as it makes room; a layer is chosen before its picture flows. */
const ORDER: readonly SubscriptionRequest[] = ['pause', 'set-layer', 'resume'];

/** The receive transport and its subscriptions, one per producer. Requests are batched. */
export class Subscriptions implements Reconcilable {
  readonly transport: types.Transport;
  readonly #options: SubscriptionsOptions;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Producers that ended while their consumer was still being negotiated. */
  readonly #ended = new Set<string>();
  #held: boolean;
  #pending = 0;
  #idle: (() => void)[] = [];
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: types.Transport, options: SubscriptionsOptions) {
    this.transport = transport;
    this.#options = options;
    this.#held = options.held;
  }

  /** Resolves when no negotiation is in progress; only then may the host resume consumers. Null: none is. */
  get idle(): Promise<void> | null {
    return this.#pending === 0 ? null : new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Joined: the host lets everything flow that is ready; what comes from now on has to be asked for. */
  release(): void {
    this.#held = false;
  }

  /** Negotiates all in one round, then lets them flow unless held. */
  async add(consumers: readonly Consumer[]): Promise<void> {
    const fresh = consumers.filter(({ producerId }) => !this.#subscriptions.has(producerId));
    if (fresh.length === 0) return;
    this.#pending++;
    try {
      const negotiated = await this.#negotiate(fresh);
      const paused = new Set(fresh.filter(({ producerPaused }) => producerPaused).map(({ producerId }) => producerId));
      await this.#take(
        negotiated.filter((consumer) => !this.#dropped(consumer)),
        paused,
      );
    } finally {
      this.#pending--;
      if (this.#pending === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  remove(producerId: string): void {
    const subscription = this.#subscriptions.get(producerId);
    if (subscription) subscription.consumer.close();
    else if (this.#pending > 0) this.#ended.add(producerId);
    this.#subscriptions.delete(producerId);
  }

  /** What is needed of a producer's video. */
  want(producerId: string, wanted: WantedLayer): void {
    const subscription = this.#subscriptions.get(producerId);
    if (!subscription) return;
    subscription.wanted = wanted;
    // When a page is hidden, every tile gives up its video at the same time; this takes one request for all.
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      this.#settle();
    });
  }

  /** Sends what is due next for however many. */
  next(): Promise<unknown> | null {
    const all = [...this.#subscriptions.values()];
    for (const request of ORDER) {
      const due = all.filter((subscription) => subscription.due === request);
      if (due.length > 0) return this.#ask(request, due);
    }
    return null;
  }

  close(): void {
    clearTimeout(this.#settling);
    this.transport.close();
  }

  /** In one round. Where that fails, one after the other: only those that this browser cannot take are left out. */
  async #negotiate(consumers: readonly Consumer[]): Promise<types.Consumer[]> {
    const results = await Promise.allSettled(consumers.map((consumer) => this.transport.consume(consumer)));
    const negotiated: types.Consumer[] = [];
    for (const [index, result] of results.entries()) {
      const consumer = consumers[index];
      if (result.status === 'fulfilled') negotiated.push(result.value);
      else if (consumer && !this.transport.closed) {
        await this.transport.consume(consumer).then(
          (made) => negotiated.push(made),
          (error: unknown) => reportError(error),
        );
      }
    }
    return negotiated;
  }

  /** @param paused the ids of producers that are */
  async #take(consumers: types.Consumer[], paused: ReadonlySet<string>): Promise<void> {
    if (consumers.length === 0) return;
    const subscriptions = consumers.map((consumer) => new Subscription(consumer, { held: this.#held }));
    const received = subscriptions.map((subscription) => {
      const { producerId, track } = subscription.consumer;
      this.#subscriptions.set(producerId, subscription);
      return { producerId, track, layers: subscription.layers, paused: paused.has(producerId) };
    });
    // Played nevertheless, where what shows it fails.
    const placed = this.#options.received(received).catch((error: unknown) => reportError(error));
    if (this.#held) return;
    await placed;
    for (const subscription of subscriptions) subscription.place();
    this.#settle();
  }

  #settle(): void {
    // The reconciler tries again what fails.
    this.#options.reconciler.settle(this).catch(() => undefined);
  }

  async #ask(request: SubscriptionRequest, due: readonly Subscription[]): Promise<void> {
    const sent = this.#send(request, due);
    const told = due.map((subscription) => subscription.asked(request));
    await sent.catch((error: unknown) => {
      // Refused for good: one of them has ended meanwhile, and the host has done it for the others. It must not
      // keep the requests after it from being made.
      if (passes(problemOf(error))) throw error;
    });
    for (const done of told) done();
  }

  #send(request: SubscriptionRequest, due: readonly Subscription[]): Promise<unknown> {
    const { signaling } = this.#options;
    const consumerIds = due.map(({ consumer }) => consumer.id);
    switch (request) {
      case 'pause':
        return signaling.request('pauseConsumers', { consumerIds });
      case 'set-layer':
        return signaling.request('setLayers', {
          layers: due.map(({ consumer, dueLayer }) => ({ consumerId: consumer.id, spatialLayer: dueLayer })),
        });
      case 'resume':
        return signaling.request('resumeConsumers', { consumerIds });
    }
  }

  #dropped(consumer: types.Consumer): boolean {
    const ended = this.#ended.delete(consumer.producerId);
    if (ended) consumer.close();
    return ended;
  }
}
