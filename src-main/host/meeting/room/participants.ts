import type { MeetingEvent } from '../session/client-connection.ts';
import type { Participant } from './participant.ts';

/** Someone who has joined. */
export interface PresentParticipant {
  userId: string;
  userName: string;
  /** Epoch ms. */
  joinedAt: number;
}

/** Who has joined a room, in the order they joined, and who prepares to. */
export class Participants {
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

  addPrepared(participant: Participant): void {
    this.#prepared.add(participant);
  }

  /** Someone with the same userId is replaced and keeps their position in the order. */
  addJoined(participant: Participant): void {
    this.#prepared.delete(participant);
    this.#joined.set(participant.membership.userId, participant);
  }

  /** Whether they had joined. */
  remove(participant: Participant): boolean {
    if (this.#prepared.delete(participant) || participant.state === 'prepared' || participant.state === 'gone')
      return false;
    return this.#joined.delete(participant.membership.userId);
  }

  /** Tells all who have joined, but `except`. */
  notify(event: MeetingEvent, except?: Participant): void {
    for (const participant of this.#joined.values())
      if (participant !== except) participant.connection.notify(...event);
  }

  /** Tells the prepared too. */
  notifyEveryone(event: MeetingEvent): void {
    for (const participant of this.everyone) participant.connection.notify(...event);
  }
}
