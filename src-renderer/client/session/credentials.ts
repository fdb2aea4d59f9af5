import type { Invite } from '../../../src-shared/invite.ts';
import { ownRooms } from '../settings/index.ts';
import { membershipIn } from '../settings/stored-membership.ts';
import type { StoredMembership } from '../settings/stored-membership.ts';

/** What this person shows to be let into one room. */
export class Credentials {
  readonly #invite: Invite;
  /** Kept while the page is open, and nowhere else. */
  #passcode: string | null = null;

  constructor(invite: Invite) {
    this.#invite = invite;
  }

  /** With what a room is prepared for: its id, and whatever lets them in. */
  get shown(): { roomId: string; token?: string; key?: string; passcode?: string; sessionToken?: string } {
    const { roomId } = this.#invite;
    const sessionToken = this.membership?.sessionToken;
    return {
      roomId,
      ...ownRooms.credentialsFor(this.#invite),
      ...(this.#passcode !== null && { passcode: this.#passcode }),
      ...(sessionToken !== undefined && { sessionToken }),
    };
  }

  /** Where the room is, with the key of its link. */
  get address(): Pick<Invite, 'origin' | 'roomId' | 'key'> {
    const { origin, roomId } = this.#invite;
    const { key } = ownRooms.credentialsFor(this.#invite);
    return { origin, roomId, ...(key !== undefined && { key }) };
  }

  /** Who they were in this room, in this tab; null: nobody. */
  get membership(): StoredMembership | null {
    return membershipIn(this.#invite.roomId).read();
  }

  /** Null ends it: they come as somebody new. */
  set membership(membership: StoredMembership | null) {
    const stored = membershipIn(this.#invite.roomId);
    if (membership) stored.write(membership);
    else stored.clear();
  }

  /** What they typed. */
  set passcode(passcode: string) {
    this.#passcode = passcode;
  }
}
