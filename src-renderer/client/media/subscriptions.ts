import type { types } from 'mediasoup-client';
import type { Consumer } from '../../../src-shared/protocol/index.ts';
import type { WantedLayer } from './layer-policy.ts';
import type { RoomSignaling } from '../signaling/room-signaling.ts';
import { Subscription } from './subscription.ts';

/** Somebody else's picture or sound, ready to be shown or played. */
export interface Received {
  producerId: string;
  track: MediaStreamTrack;
  /** How many spatial layers it has. */
  layers: number;
  /** Whether its owner had paused it when it was offered. */
  paused: boolean;
}

/** Told of what has been negotiated together; resolves when it has a place where it is shown or played. */
export type ReceivedListener = (received: readonly Received[]) => Promise<unknown>;

/** The receive transport and what comes over it: one subscription per producer. */
export class Subscriptions {
  readonly transport: types.Transport;
  readonly #signaling: RoomSignaling;
  readonly #received: ReceivedListener;
  readonly #subscriptions = new Map<string, Subscription>();
  /** Producers that ended while their consumer was still being negotiated. */
  readonly #ended = new Set<string>();
  #held: boolean;
  #pending = 0;
  #idle: (() => void)[] = [];

  constructor(
    transport: types.Transport,
    signaling: RoomSignaling,
    received: ReceivedListener,
    { held }: { held: boolean },
  ) {
    this.transport = transport;
    this.#signaling = signaling;
    this.#received = received;
    this.#held = held;
  }

  /** Null: nothing is being negotiated. Else resolves when nothing is: only then may the host let media flow. */
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
      const results = await Promise.allSettled(fresh.map((consumer) => this.transport.consume(consumer)));
      const negotiated = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
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
  want(producerId: string, demand: WantedLayer): void {
    this.#subscriptions.get(producerId)?.want(demand);
  }

  /** Tells the host again what it may have missed. */
  settle(): void {
    for (const subscription of this.#subscriptions.values()) subscription.settle();
  }

  /** @param paused the ids of producers that are */
  async #take(consumers: types.Consumer[], paused: ReadonlySet<string>): Promise<void> {
    if (consumers.length === 0) return;
    const received = consumers.map((consumer) => {
      const { producerId, track } = consumer;
      const subscription = new Subscription(consumer, this.#signaling, { held: this.#held });
      this.#subscriptions.set(producerId, subscription);
      return { producerId, track, layers: subscription.layers, paused: paused.has(producerId) };
    });
    // Heard nevertheless, where what shows it fails.
    const placed = this.#received(received).catch((error: unknown) => reportError(error));
    if (this.#held) return;
    // A first picture that comes before its place is there is shown nowhere, and the next one is long in coming.
    await placed;
    await this.#resume(consumers.map(({ id }) => id));
  }

  /** In one request; what is lost of it is asked again by `settle`. */
  async #resume(consumerIds: string[]): Promise<void> {
    const resumed = (flowing: boolean) => {
      for (const subscription of this.#subscriptions.values()) {
        if (consumerIds.includes(subscription.consumer.id)) subscription.flowing = flowing;
      }
    };
    resumed(true);
    await this.#signaling.request('resumeConsumers', { consumerIds }).catch(() => resumed(false));
  }

  #dropped(consumer: types.Consumer): boolean {
    const ended = this.#ended.delete(consumer.producerId);
    if (ended) consumer.close();
    return ended;
  }
}
