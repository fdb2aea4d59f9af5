import { type Producer, ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Participant, ParticipantListener } from './participant.ts';
import type { People } from './people.ts';
import type { OwnProducer } from './sending.ts';

interface Live {
  readonly owner: Participant;
  readonly producer: OwnProducer;
}

/** What can be seen and heard in a room, and telling people of it. */
export class Floor implements ParticipantListener {
  readonly #people: People;
  readonly #live = new Map<string, Live>();
  /** The producer of the one who speaks, and who that is. */
  #speaking: string | null = null;
  #speaker: string | null = null;

  constructor(people: People) {
    this.#people = people;
  }

  opened(owner: Participant, producer: OwnProducer): void {
    const live = { owner, producer };
    this.#live.set(producer.producerId, live);
    this.#people.tell(['newProducer', describe(live)], owner);
    for (const person of this.#people.everyone) if (person !== owner) person.receiving.offer(producer);
  }

  pausedOrResumed(_owner: Participant, { producerId }: OwnProducer, paused: boolean): void {
    this.#people.tell([paused ? 'producerPaused' : 'producerResumed', { producerId }]);
  }

  closed(_owner: Participant, { producerId }: OwnProducer): void {
    this.#live.delete(producerId);
    if (producerId === this.#speaking) this.speaks(null);
    for (const person of this.#people.everyone) person.receiving.forget(producerId);
    this.#people.tellEveryone(['producerClosed', { producerId }]);
  }

  /** The media process has died, and everything on the floor with it. */
  clear(): void {
    this.#live.clear();
    this.speaks(null);
  }

  /** @throws {ProtocolError} NOT_FOUND */
  find(producerId: string): OwnProducer {
    const live = this.#live.get(producerId);
    if (!live) throw new ProtocolError('NOT_FOUND', 'This meeting has no such producer.');
    return live.producer;
  }

  /** What there is for `person` to receive. */
  receivable(person: Participant): OwnProducer[] {
    return this.#others(person).map(({ producer }) => producer);
  }

  describeFor(person: Participant): Producer[] {
    return this.#others(person).map(describe);
  }

  /** What `owner` brings when they join, as others will see it. */
  broughtBy(owner: Participant): Producer[] {
    return owner.sending.held.map((producer) => describe({ owner, producer }));
  }

  speaks(producerId: string | null): void {
    const userId = producerId === null ? null : (this.#live.get(producerId)?.owner.seat.userId ?? null);
    this.#speaking = producerId;
    if (userId === this.#speaker) return;
    this.#speaker = userId;
    this.#people.tell(['activeSpeaker', { userId }]);
  }

  hear(levels: { producerId: string; dBov: number }[]): void {
    const heard = levels.filter(({ producerId }) => this.#live.has(producerId));
    if (heard.length > 0) this.#people.tell(['audioLevels', { levels: heard }]);
  }

  #others(person: Participant): Live[] {
    return [...this.#live.values()].filter(({ owner }) => owner !== person);
  }
}

function describe({ owner, producer: { producerId, kind, source, paused } }: Live): Producer {
  const { userId, userName } = owner.seat;
  return { producerId, socketId: owner.connection.id, userId, userName, kind, source, paused };
}
