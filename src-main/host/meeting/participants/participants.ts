import { MAX_PREPARED_PER_ROOM, MAX_PREPARED_PER_ROOM_AND_ADDRESS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { Audience } from '../connection/audience.ts';
import type { MeetingEvent } from '../connection/client-connection.ts';
import type { AddressKey } from '../ports.ts';
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
  readonly #preparing = new Set<Participant>();
  readonly #addressKey: AddressKey;
  /** Those who have joined, and with the prepared; null: to be made anew, because somebody has come or gone. */
  #audiences: { readonly joined: Audience; readonly everyone: Audience } | null = null;

  constructor(addressKey: AddressKey) {
    this.#addressKey = addressKey;
  }

  /** How many have joined. */
  get count(): number {
    return this.#joined.size;
  }

  /** @throws {ProtocolError} LIMIT: many prepare already, in all or from this address */
  requireSpaceToPrepare(remoteAddress: string): void {
    const address = this.#addressKey(remoteAddress);
    const fromThere = [...this.#preparing].filter(
      ({ connection }) => this.#addressKey(connection.remoteAddress) === address,
    );
    if (this.#preparing.size < MAX_PREPARED_PER_ROOM && fromThere.length < MAX_PREPARED_PER_ROOM_AND_ADDRESS) return;
    throw new ProtocolError('LIMIT', 'Many people are getting ready just now. You can still join directly.');
  }

  get joined(): Participant[] {
    return [...this.#joined.values()];
  }

  /** Who has joined, as others may know them. */
  get present(): PresentParticipant[] {
    return this.joined.map(({ membership: { userId, userName }, joinedAt }) => ({ userId, userName, joinedAt }));
  }

  /** The prepared too. */
  get everyone(): Participant[] {
    return [...this.#joined.values(), ...this.#preparing];
  }

  find(userId: string): Participant | undefined {
    return this.#joined.get(userId);
  }

  addPreparing(participant: Participant): void {
    this.#preparing.add(participant);
    this.#audiences = null;
  }

  /** Someone with the same userId is replaced and keeps their position in the order. */
  addJoined(participant: Participant): void {
    this.#preparing.delete(participant);
    this.#joined.set(participant.membership.userId, participant);
    this.#audiences = null;
  }

  /** Whether they were among those who have joined: not the prepared, and not who has been replaced. */
  remove(participant: Participant): boolean {
    this.#audiences = null;
    if (this.#preparing.delete(participant) || !participant.present) return false;
    const { userId } = participant.membership;
    return this.#joined.get(userId) === participant && this.#joined.delete(userId);
  }

  /** Tells all who have joined, but `except`. */
  notify(event: MeetingEvent, except?: Participant): void {
    this.#audience.joined.notify(event, except?.connection);
  }

  /** Tells the prepared too. */
  notifyEveryone(event: MeetingEvent): void {
    this.#audience.everyone.notify(event);
  }

  get #audience() {
    this.#audiences ??= { joined: audienceOf(this.joined), everyone: audienceOf(this.everyone) };
    return this.#audiences;
  }
}

function audienceOf(participants: readonly Participant[]): Audience {
  return new Audience(participants.map(({ connection }) => connection));
}
