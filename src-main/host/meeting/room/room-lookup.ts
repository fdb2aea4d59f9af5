import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { roomNotFound } from '../failures.ts';
import type { HostRates } from '../rates/session-rates.ts';
import type { Room } from './room.ts';

/** Looking rooms up by their ids, which are short: whoever guesses too often learns nothing for a while. */
export class RoomLookup {
  readonly #rooms: ReadonlyMap<string, Room>;
  readonly #rates: HostRates;

  constructor(rooms: ReadonlyMap<string, Room>, rates: HostRates) {
    this.#rooms = rooms;
    this.#rates = rates;
  }

  /** @throws {ProtocolError} NOT_FOUND; RATE_LIMITED, whether or not there is such a room */
  find(roomId: string, remoteAddress: string): Room {
    const room = this.look(roomId, remoteAddress);
    if (!room) throw roomNotFound();
    return room;
  }

  /** @throws {ProtocolError} RATE_LIMITED, whether or not there is such a room */
  look(roomId: string, remoteAddress: string): Room | undefined {
    if (!this.#rates.mayMissRoom(remoteAddress)) {
      throw new ProtocolError(
        'RATE_LIMITED',
        'Your address has asked for too many meetings that are not there. Wait a minute.',
      );
    }
    const room = this.#rooms.get(roomId);
    if (!room) this.#rates.missRoom(remoteAddress);
    return room;
  }
}
