import { MAX_ROOMS_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { AddressRates } from '../../rates/address-rates.ts';
import type { Rooms } from '../../meeting/index.ts';
import type { Access } from '../access.ts';

type NewRoom = Omit<Parameters<Rooms['create']>[0], 'fromElsewhere'>;

/** Making rooms over HTTP, whichever call asks: who may, and how often. */
export class NewRooms {
  readonly #rooms: Rooms;
  readonly #access: Pick<Access, 'isOwn' | 'mayCreateRooms'>;
  readonly #rates = AddressRates.perMinute(MAX_ROOMS_PER_MINUTE_PER_ADDRESS);

  constructor(options: { rooms: Rooms; access: Pick<Access, 'isOwn' | 'mayCreateRooms'> }) {
    this.#rooms = options.rooms;
    this.#access = options.access;
  }

  /**
   * Counts that someone wants to make one. To be asked first, before what they say is even read.
   *
   * @throws {ProtocolError} FORBIDDEN, RATE_LIMITED
   */
  requireAllowed(remoteAddress: string): void {
    if (!this.#access.mayCreateRooms(remoteAddress)) {
      throw new ProtocolError(
        'FORBIDDEN',
        'Meetings on this computer are started by its own people. Ask one of them, or host on your own computer.',
      );
    }
    if (!this.#rates.take(remoteAddress)) {
      throw new ProtocolError('RATE_LIMITED', 'Too many new meetings from your address. Wait a minute.');
    }
  }

  /** For someone who is allowed to, see `requireAllowed`. @throws {ProtocolError} as `Meetings.create` */
  make(remoteAddress: string, room: NewRoom): ReturnType<Rooms['create']> {
    return this.#rooms.create({ ...room, fromElsewhere: !this.#access.isOwn(remoteAddress) });
  }
}
