import type { Credentials, JoinRequest } from '../admission/admission.ts';
import type { Membership } from '../participants/memberships.ts';
import type { Room } from '../room/room.ts';

/** With which membership one connection last joined each room. */
export class EarlierMemberships {
  readonly #byRoom = new WeakMap<Room, Pick<Membership, 'userId' | 'token' | 'inviteId'>>();

  note(room: Room, { userId, token, inviteId }: Membership): void {
    this.#byRoom.set(room, { userId, token, inviteId });
  }

  /**
   * A request of the same connection: one that joins a room again, and shows nothing else, goes on with the membership
   * it had there. As somebody else, and without a valid token, its role is that of the invite it came by.
   */
  continued<Request extends Credentials & Pick<Partial<JoinRequest>, 'userId'>>(
    room: Room,
    request: Request,
  ): Request & Pick<JoinRequest, 'earlierInviteId'> {
    const last = this.#byRoom.get(room);
    if (!last) return request;
    const showsNothing = (request.token ?? request.invite ?? request.sessionToken) === undefined;
    const samePerson = showsNothing && (request.userId ?? last.userId) === last.userId;
    return { ...request, earlierInviteId: last.inviteId, ...(samePerson && { sessionToken: last.token }) };
  }
}
