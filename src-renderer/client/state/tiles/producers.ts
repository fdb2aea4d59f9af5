import type { Producer, Source } from '../../../../src-shared/protocol/index.ts';
import type { Received } from '../../media/subscriptions.ts';

/** What the others send, and what has been received of it. Every look-up is one step, however many there are. */
export class Producers {
  readonly #announced = new Map<string, Producer>();
  readonly #received = new Map<string, Received>();
  /** Those of each person's source, oldest first. */
  readonly #bySource = new Map<string, Producer[]>();

  get(producerId: string): Producer | undefined {
    return this.#announced.get(producerId);
  }

  received(producerId: string): Received | undefined {
    return this.#received.get(producerId);
  }

  /** All that has been received, announced or not. */
  get allReceived(): Iterable<Received> {
    return this.#received.values();
  }

  /** What somebody sends of a source; of several, the latest: the ones before have ended, or are about to. */
  of(userId: string, source: Source): Producer | undefined {
    return this.#bySource.get(keyOf({ userId, source }))?.at(-1);
  }

  ofPerson(userId: string): Producer[] {
    return [...this.#announced.values()].filter((producer) => producer.userId === userId);
  }

  /** Somebody begins to send, or what they send has changed. */
  announce(producer: Producer): void {
    const { producerId } = producer;
    const key = keyOf(producer);
    const all = this.#bySource.get(key) ?? [];
    const index = all.findIndex((one) => one.producerId === producerId);
    this.#bySource.set(key, index < 0 ? [...all, producer] : all.with(index, producer));
    this.#announced.set(producerId, producer);
  }

  receive(received: Received): void {
    this.#received.set(received.producerId, received);
  }

  remove(producerId: string): void {
    const producer = this.#announced.get(producerId);
    this.#announced.delete(producerId);
    this.#received.delete(producerId);
    if (!producer) return;
    const key = keyOf(producer);
    const left = (this.#bySource.get(key) ?? []).filter((one) => one.producerId !== producerId);
    if (left.length > 0) this.#bySource.set(key, left);
    else this.#bySource.delete(key);
  }

  /** Removes all that are announced but these. Returns their ids. */
  keepOnly(current: ReadonlySet<string>): string[] {
    const gone = [...this.#announced.keys()].filter((producerId) => !current.has(producerId));
    for (const producerId of gone) this.remove(producerId);
    return gone;
  }

  /** What is received comes anew. */
  forgetReceived(): void {
    this.#received.clear();
  }
}

const keyOf = ({ userId, source }: { userId: string; source: Source }): string => `${source}:${userId}`;
