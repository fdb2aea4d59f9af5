import type { Invite } from '../../../src-shared/invite.ts';
import { MeetingError, problemOf } from '../problem.ts';
import type { RoomAddress } from '../signaling/api.ts';
import { ownRooms } from '../settings/index.ts';
import { membershipIn } from '../settings/stored-membership.ts';
import type { StoredMembership } from '../settings/stored-membership.ts';

interface Shown extends Partial<StoredMembership> {
  roomId: string;
  token?: string;
  key?: string;
  passcode?: string;
}

/** What this person shows to be let into one room. */
export class Credentials {
  readonly #invite: Invite;
  /** Kept while the page is open, and nowhere else. */
  #passcode: string | null = null;

  constructor(invite: Invite) {
    this.#invite = invite;
  }

  /**
   * Asks the host with all there is to show. Where their membership was ended by a removal, they are somebody new.
   *
   * @param options.isIn whether they were in until now
   * @throws {MeetingError} REMOVED: they were in, and are no longer
   */
  async show<Got>(ask: (shown: Shown) => Promise<Got>, { isIn = false } = {}): Promise<Got> {
    try {
      return await ask(this.#shown);
    } catch (error) {
      if (problemOf(error).code !== 'FORBIDDEN' || !this.#membership) throw error;
      membershipIn(this.#invite.roomId).clear();
      if (isIn) throw new MeetingError('REMOVED', 'You were removed meanwhile.', { cause: error });
      return ask(this.#shown);
    }
  }

  /** Where the room is, with what lets one know of it. */
  get address(): RoomAddress {
    const { origin, roomId } = this.#invite;
    const token = this.#membership?.sessionToken;
    return { origin, roomId, ...(token !== undefined && { token }), ...ownRooms.credentialsFor(this.#invite) };
  }

  /** Who they are in this room, in this tab. */
  set membership(membership: StoredMembership) {
    membershipIn(this.#invite.roomId).write(membership);
  }

  /** What they typed. */
  set passcode(passcode: string) {
    this.#passcode = passcode;
  }

  get #membership(): StoredMembership | null {
    return membershipIn(this.#invite.roomId).read();
  }

  get #shown(): Shown {
    return {
      roomId: this.#invite.roomId,
      ...ownRooms.credentialsFor(this.#invite),
      ...(this.#passcode !== null && { passcode: this.#passcode }),
      ...this.#membership,
    };
  }
}
