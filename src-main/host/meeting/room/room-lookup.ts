import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { roomNotFound } from '../failures.ts';
import type { Room } from './room.ts';

/** How often one address may do something; the host's `AddressRates` is one. */
export interface AddressRate {
  /** Counts one more. False: too many just now. */
  admit(remoteAddress: string): boolean;
  /** Whether one more would be too many just now. Counts nothing. */
  exhausted(remoteAddress: string): boolean;
}

/** Looking rooms up by their ids, which are short: whoever guesses too often learns nothing for a while. */
export class RoomLookup {
  readonly #rooms: ReadonlyMap<string, Room>;
  readonly #misses: AddressRate;

  constructor(rooms: ReadonlyMap<string, Room>, misses: AddressRate) {
    this.#rooms = rooms;
    this.#misses = misses;
  }

  /** @throws {ProtocolError} NOT_FOUND; RATE_LIMITED, whether or not there is such a room */
  find(roomId: string, remoteAddress: string): Room {
    const room = this.#look(roomId, remoteAddress);
    if (!room) throw roomNotFound();
    return room;
  }

  /** @throws {ProtocolError} RATE_LIMITED, whether or not there is such a room */
  has(roomId: string, remoteAddress: string): boolean {
    return this.#look(roomId, remoteAddress) !== undefined;
  }

  #look(roomId: string, remoteAddress: string): Room | undefined {
    if (this.#misses.exhausted(remoteAddress)) {
      throw new ProtocolError(
        'RATE_LIMITED',
        'Your address has asked for too many meetings that are not there. Wait a minute.',
      );
    }
    const room = this.#rooms.get(roomId);
    if (!room) this.#misses.admit(remoteAddress);
    return room;
  }
}
