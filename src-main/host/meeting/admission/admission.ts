import { MAX_PARTICIPANTS_PER_ROOM, SPARE_CAPACITY_FOR_HOSTS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { roomNotFound } from '../failures.ts';
import type { Invites, MeetingInvite } from './invites.ts';
import type { HostSuccession } from '../participants/host-succession.ts';
import type { Participant } from '../participants/participant.ts';
import type { Participants } from '../participants/participants.ts';
import type { Tokens } from '../ports.ts';
import { type Identity, type Membership, type Memberships, baseRoleOf } from '../participants/memberships.ts';
import { sameSecret } from '../secret.ts';

/** What a client shows to be let in. */
export interface Credentials {
  /** A token that must be the room's host token. */
  token?: string | undefined;
  /** What an invite to this room says; its token has been checked. */
  invite?: MeetingInvite | undefined;
}

/** What a client asks to join with. */
export interface JoinRequest extends Credentials {
  userName: string;
  userId?: string | undefined;
  sessionToken?: string | undefined;
  /** The invite of the membership that the same connection last had in this room. */
  earlierInviteId?: string | null | undefined;
}

/** With which membership someone may join, and as whom. */
export interface Admitted {
  membership: Membership;
  identity: Identity;
  /** The same person, who is in through another connection. */
  earlier: Participant | null;
}

/** Who may join a room, and as whom. */
export class Admission {
  readonly #hostTokenHash: string;
  readonly #tokens: Tokens;
  readonly #invites: Invites;
  readonly #participants: Participants;
  readonly #memberships: Memberships;
  readonly #succession: HostSuccession;

  constructor(options: {
    hostTokenHash: string;
    tokens: Tokens;
    invites: Invites;
    participants: Participants;
    memberships: Memberships;
    succession: HostSuccession;
  }) {
    this.#hostTokenHash = options.hostTokenHash;
    this.#tokens = options.tokens;
    this.#invites = options.invites;
    this.#participants = options.participants;
    this.#memberships = options.memberships;
    this.#succession = options.succession;
  }

  /** @throws {ProtocolError} NOT_FOUND, FULL */
  requireCapacity(credentials: Credentials): void {
    const spare = this.claimsHost(credentials) ? SPARE_CAPACITY_FOR_HOSTS : 0;
    if (this.#participants.count < MAX_PARTICIPANTS_PER_ROOM + spare) return;
    throw new ProtocolError('FULL', `The meeting is full: it has room for ${MAX_PARTICIPANTS_PER_ROOM} people.`);
  }

  isHostToken(token: string): boolean {
    return sameSecret(this.#tokens.hash(token), this.#hostTokenHash);
  }

  /**
   * Whether these credentials give the host role.
   *
   * @throws {ProtocolError} NOT_FOUND, exactly as if the room were not there
   */
  claimsHost({ token, invite }: Credentials): boolean {
    if (token !== undefined && !this.isHostToken(token)) throw roomNotFound();
    return token !== undefined || invite?.role === 'host';
  }

  /** Changes nothing. @throws {ProtocolError} NOT_FOUND, CONFLICT */
  admit(request: JoinRequest): Admitted {
    const { invite } = request;
    const claimsHost = this.claimsHost(request);
    const kept = request.sessionToken === undefined ? null : this.#memberships.find(request.sessionToken);
    // Without the earlier invite, a viewer could leave and join again as a participant.
    const membership = kept ?? this.#memberships.fresh(request.earlierInviteId);
    const { inviteId } = membership;
    if (inviteId !== null && !claimsHost && !invite && !this.#invites.stillValid(inviteId)) throw roomNotFound();
    // What became of someone in the meeting outweighs the invite they came by, not another one.
    const newInvite = invite?.id === inviteId ? undefined : invite;
    const identity = {
      userId: this.#userIdOf(kept, request.userId),
      userName: invite?.name ?? request.userName,
      role: this.#succession.roleFor(membership, { entitled: newInvite?.role ?? membership.role, claimsHost }),
      baseRole: newInvite ? baseRoleOf(newInvite) : membership.baseRole,
      inviteId: invite?.id ?? inviteId,
    };
    return { membership, identity, earlier: this.#participants.find(identity.userId) ?? null };
  }

  /**
   * The userId of someone who joins. One that was given in this room before is given only to who shows the
   * session token of its membership, also after that membership was deleted: anybody else gets a new one.
   *
   * @throws {ProtocolError} CONFLICT: the id they ask for is of somebody who is present
   */
  #userIdOf(kept: Membership | null, wanted?: string): string {
    const userId = kept?.userId ?? wanted ?? crypto.randomUUID();
    const holder = this.#participants.find(userId);
    if (!holder) return kept || this.#memberships.isFreeUserId(userId) ? userId : crypto.randomUUID();
    if (holder.membership === kept) return userId;
    if (kept) return crypto.randomUUID();
    throw new ProtocolError('CONFLICT', 'Someone with this user id is in the meeting already.');
  }
}
