import { ProtocolError } from '../../../../../src-shared/protocol/index.ts';
import type { MediaInput, MediaResult } from '../../../../../src-shared/protocol/http/media-api.ts';
import type { ConnectionEndpoints, Rooms } from '../../../meeting/index.ts';
import { Attendee } from './attendee.ts';

/** Somebody who has to wait in the lobby; their token opens the events. */
export class WaitingAttendee {
  readonly token: string;

  constructor(token: string) {
    this.token = token;
  }
}

/** Everyone who came over the HTTP media API, by their tokens. */
export class Attendees {
  readonly #rooms: Rooms;
  readonly #byToken = new Map<string, Attendee>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** @throws {ProtocolError} as `reserve` but for WAITING, and LIMIT */
  async create(
    request: MediaInput<'createAttendee'>,
    endpoints: ConnectionEndpoints,
  ): Promise<MediaResult<'createAttendee'> | WaitingAttendee> {
    const attendee = new Attendee({
      request,
      endpoints,
      rooms: this.#rooms,
      onOver: ({ token }) => this.#byToken.delete(token),
    });
    this.#byToken.set(attendee.token, attendee);
    return (await attendee.reserve()) ?? new WaitingAttendee(attendee.token);
  }

  /** @throws {ProtocolError} UNAUTHORIZED: the token is not valid */
  find(token: string | null | undefined): Attendee {
    const attendee = this.#byToken.get(token ?? '');
    if (attendee) return attendee;
    throw new ProtocolError(
      'UNAUTHORIZED',
      'This needs the token that createAttendee gave, while the attendee is there.',
    );
  }
}
