import { MAX_ROOMS_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { AddressRates } from '../../address-rates.ts';
import type { Meetings } from '../../meeting/index.ts';
import type { Access } from '../access.ts';

type NewRoom = Parameters<Meetings['create']>[0];

/** Making rooms over HTTP, whichever call asks: who may, and how often. */
export class NewRooms {
  readonly #meetings: Meetings;
  readonly #access: Access;
  readonly #rates = new AddressRates({
    burst: MAX_ROOMS_PER_MINUTE_PER_ADDRESS,
    rate: MAX_ROOMS_PER_MINUTE_PER_ADDRESS,
    interval: 'minute',
  });

  constructor(options: { meetings: Meetings; access: Access }) {
    this.#meetings = options.meetings;
    this.#access = options.access;
  }

  /** @throws {ProtocolError} FORBIDDEN, RATE_LIMITED, and as `Meetings.create` */
  async make(remoteAddress: string, room: NewRoom): Promise<{ roomId: string; hostToken: string }> {
    if (!this.#access.mayCreateRooms(remoteAddress)) {
      throw new ProtocolError(
        'FORBIDDEN',
        'Meetings on this computer are started by its own people. Ask one of them, or host on your own computer.',
      );
    }
    if (!this.#rates.admit(remoteAddress)) {
      throw new ProtocolError('RATE_LIMITED', 'Too many new meetings from your address. Wait a minute.');
    }
    return this.#meetings.create(room);
  }
}
