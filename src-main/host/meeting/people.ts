import type { MeetingEvent } from './connection.ts';
import type { Participant } from './participant.ts';

/** Someone who has joined. */
export interface Present {
  userId: string;
  userName: string;
  /** Epoch ms. */
  joinedAt: number;
}

/** Who is in a room, in the order they came, and who is about to be. */
export class People {
  /** By userId; those whose connection is lost included. */
  readonly #joined = new Map<string, Participant>();
  readonly #prepared = new Set<Participant>();

  /** How many have joined. */
  get count(): number {
    return this.#joined.size;
  }

  get preparedCount(): number {
    return this.#prepared.size;
  }

  get joined(): Participant[] {
    return [...this.#joined.values()];
  }

  /** The prepared too. */
  get everyone(): Participant[] {
    return [...this.#joined.values(), ...this.#prepared];
  }

  find(userId: string): Participant | undefined {
    return this.#joined.get(userId);
  }

  addPrepared(person: Participant): void {
    this.#prepared.add(person);
  }

  /** Someone with the same userId is replaced and keeps the place in the order. */
  addJoined(person: Participant): void {
    this.#prepared.delete(person);
    this.#joined.set(person.seat.userId, person);
  }

  /** Whether they had joined. */
  remove(person: Participant): boolean {
    if (this.#prepared.delete(person) || person.stage === 'prepared' || person.stage === 'gone') return false;
    return this.#joined.delete(person.seat.userId);
  }

  /** Tells all who have joined, but `except`. */
  tell(event: MeetingEvent, except?: Participant): void {
    for (const person of this.#joined.values()) if (person !== except) person.connection.notify(...event);
  }

  /** Tells the prepared too. */
  tellEveryone(event: MeetingEvent): void {
    for (const person of this.everyone) person.connection.notify(...event);
  }
}
