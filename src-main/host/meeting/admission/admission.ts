import { MAX_PARTICIPANTS_PER_ROOM, SPARE_CAPACITY_FOR_HOSTS } from '../../../../src-shared/limits.ts';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { roomNotFound } from '../failures.ts';
import type { CurrentSettings } from '../participants/current-settings.ts';
import type { HostSuccession } from '../participants/host-succession.ts';
import { type Identity, type Membership, type Memberships, baseRoleOf } from '../participants/memberships.ts';
import type { Participant } from '../participants/participant.ts';
import type { Participants } from '../participants/participants.ts';
import type { AddressKey, Clock, Tokens } from '../ports.ts';
import { sameSecret } from '../secret.ts';
import type { Invites, MeetingInvite } from './invites.ts';
import { PasscodeCheck } from './passcode-check.ts';

/** What a client shows to be let in. */
export interface Credentials {
  /** A token that must be the room's host token. */
  token?: string | undefined;
  /** What an invite to this room says; its token has been checked. */
  invite?: MeetingInvite | undefined;
  /** Of the membership that this person had here before. */
  sessionToken?: string | undefined;
  /** The key of the room's link. */
  key?: string | undefined;
  /** Whether they have shown the room's passcode. */
  passcodeAccepted?: boolean | undefined;
}

/** What a client asks to join with. */
export interface JoinRequest extends Credentials {
  userName: string;
  userId?: string | undefined;
  /** The invite of the membership that the same connection last had in this room. */
  earlierInviteId?: string | null | undefined;
  /** Whether somebody who may has admitted them from the lobby. */
  admitted?: boolean | undefined;
}

/** With which membership someone may join, and as whom. */
export interface Admitted {
  membership: Membership;
  identity: Identity;
  /** The same person, who is in through another connection. */
  earlier: Participant | null;
}

/** They have to wait in the lobby: to be let in takes nothing more of them. */
export class MustWaitError extends ProtocolError {
  constructor() {
    super('WAITING', 'Wait until somebody lets you in.');
  }
}

/**
 * Who may join a room, and as whom. Every way in asks it. It looks in this order, and says the first that stands in
 * the way: capacity, removal, lock, link key or invite, passcode, lobby. The host token and a host's invite need only
 * capacity, of which some is kept for them; a membership is shown lock, key, passcode and lobby once.
 */
export class Admission {
  readonly #hostTokenHash: string;
  readonly #tokens: Tokens;
  readonly #invites: Invites;
  readonly #participants: Participants;
  readonly #memberships: Memberships;
  readonly #succession: HostSuccession;
  readonly #settings: CurrentSettings;
  readonly #passcodes: PasscodeCheck;
  /** What those who prepare have shown. */
  readonly #shown = new WeakMap<Participant, Credentials>();

  constructor(options: {
    hostTokenHash: string;
    tokens: Tokens;
    invites: Invites;
    participants: Participants;
    memberships: Memberships;
    succession: HostSuccession;
    settings: CurrentSettings;
    clock: Clock;
    addressKey: AddressKey;
  }) {
    this.#hostTokenHash = options.hostTokenHash;
    this.#tokens = options.tokens;
    this.#invites = options.invites;
    this.#participants = options.participants;
    this.#memberships = options.memberships;
    this.#succession = options.succession;
    this.#settings = options.settings;
    this.#passcodes = new PasscodeCheck(options);
  }

  /** Whether this is the host token, or the session token of somebody who was not removed. */
  knows(token: string): boolean {
    return this.isHostToken(token) || this.#memberships.find(token)?.removed === false;
  }

  isHostToken(token: string): boolean {
    return sameSecret(this.#tokens.hash(token), this.#hostTokenHash);
  }

  /**
   * Whether somebody may join with these credentials. Changes nothing.
   *
   * @throws {ProtocolError} FULL, FORBIDDEN (removed), LOCKED, NOT_FOUND (key), UNAUTHORIZED (passcode), WAITING (lobby)
   */
  require(request: Credentials & Pick<JoinRequest, 'admitted'>): void {
    if (this.#skipsPasscodeAndLobby(request)) return;
    const { passcodeHash, lobbyMode } = this.#settings.record;
    if (passcodeHash !== null && !request.passcodeAccepted) {
      throw new ProtocolError('UNAUTHORIZED', 'This meeting needs its passcode.', { need: 'passcode' });
    }
    const invited = request.invite?.name !== undefined && lobbyMode === 'uninvited';
    if (lobbyMode !== 'off' && !invited) throw new MustWaitError();
  }

  /** Somebody prepares to join. @throws {ProtocolError} as `require`; LIMIT */
  prepare(participant: Participant, credentials: Credentials): void {
    this.require(credentials);
    this.#participants.requireSpaceToPrepare(participant.connection.remoteAddress);
    this.#shown.set(participant, credentials);
    this.#addPreparing(participant, credentials);
  }

  /** Somebody is about to join, and makes their media ready first. @throws {ProtocolError} as `admit` */
  awaitJoin(participant: Participant, request: JoinRequest): void {
    this.admit(request);
    this.#addPreparing(participant, request);
  }

  /** Who has prepared and may not join any more, even if there is space. */
  get outdated(): Participant[] {
    return this.#participants.everyone.filter((participant) => {
      const shown = this.#shown.get(participant);
      return participant.state === 'preparing' && shown !== undefined && !this.#wouldLetIn(shown);
    });
  }

  /**
   * Whether this is the room's passcode, where it matters: the room has one, and nothing else lets them in or keeps
   * them out before.
   *
   * @throws {ProtocolError} as `require` without passcode and lobby; RATE_LIMITED
   */
  async acceptsPasscode(request: Credentials, passcode: string, remoteAddress: string): Promise<boolean> {
    const { passcodeHash } = this.#settings.record;
    if (passcodeHash === null || this.#skipsPasscodeAndLobby(request)) return false;
    return this.#passcodes.accepts(passcode, passcodeHash, remoteAddress);
  }

  /** Changes nothing. @throws {ProtocolError} as `require`; NOT_FOUND, CONFLICT */
  admit(request: JoinRequest): Admitted {
    this.require(request);
    const { invite } = request;
    const claimsHost = this.#claimsHost(request);
    const shown = this.#membershipOf(request);
    // Who holds the host token comes back after a removal, as somebody new.
    const kept = shown?.removed ? null : shown;
    // Without the earlier invite, a viewer could leave and join again as a participant.
    const membership = kept ?? this.#memberships.fresh(request.earlierInviteId);
    const { inviteId } = membership;
    // That of the request was valid when it was read; it may have been revoked while they waited.
    const cameBy = invite?.id ?? (claimsHost ? null : inviteId);
    if (cameBy !== null && !this.#invites.stillValid(cameBy)) throw roomNotFound();
    // What became of someone in the meeting outweighs the invite they came by, not another one.
    const newInvite = invite?.id === inviteId ? undefined : invite;
    const entitled = newInvite?.role ?? membership.role;
    const baseRole = newInvite ? baseRoleOf(newInvite) : membership.baseRole;
    const role = this.#succession.roleFor(membership, { entitled, baseRole, claimsHost });
    // Else they would rename themselves by joining again.
    const keptName = kept && !this.#settings.may(role, 'rename') ? kept.userName : undefined;
    const identity = {
      userId: this.#userIdOf(kept, request),
      userName: invite?.name ?? keptName ?? request.userName,
      role,
      baseRole,
      inviteId: invite?.id ?? inviteId,
    };
    return { membership, identity, earlier: this.#participants.find(identity.userId) ?? null };
  }

  /** The userId that somebody who waits will have: not that of who is present, which is not told them. */
  userIdFor(request: JoinRequest): string {
    return this.#userIdOf(null, { ...request, admitted: true });
  }

  #addPreparing(participant: Participant, { invite }: Credentials): void {
    participant.invitedAs = invite?.role ?? null;
    this.#participants.addPreparing(participant);
  }

  #wouldLetIn(credentials: Credentials): boolean {
    try {
      this.require(credentials);
      return true;
    } catch (error) {
      return error instanceof ProtocolError && error.code === 'FULL';
    }
  }

  /**
   * Whether these credentials give the host role.
   *
   * @throws {ProtocolError} NOT_FOUND, exactly as if the room were not there
   */
  #claimsHost({ token, invite }: Credentials): boolean {
    if (token !== undefined && !this.isHostToken(token)) throw roomNotFound();
    return token !== undefined || invite?.role === 'host';
  }

  #membershipOf({ sessionToken }: Credentials): Membership | null {
    return sessionToken === undefined ? null : this.#memberships.find(sessionToken);
  }

  /**
   * Looks at everything that comes before the passcode. True: passcode and lobby do not matter either.
   *
   * @throws {ProtocolError} FULL, FORBIDDEN, LOCKED, NOT_FOUND
   */
  #skipsPasscodeAndLobby(request: Credentials & Pick<JoinRequest, 'admitted'>): boolean {
    const claimsHost = this.#claimsHost(request);
    const membership = this.#membershipOf(request);
    const present = membership !== null && this.#participants.find(membership.userId)?.membership === membership;
    if (!present) this.#requireCapacity(claimsHost);
    if (claimsHost) return true;
    if (membership?.removed) throw new ProtocolError('FORBIDDEN', 'You have been removed from this meeting.');
    if (membership || request.admitted) return true;
    if (this.#settings.record.locked) throw new ProtocolError('LOCKED', 'The meeting is locked: nobody new can join.');
    if (!request.invite && !this.#settings.acceptsKey(request.key)) throw roomNotFound();
    return false;
  }

  #requireCapacity(claimsHost: boolean): void {
    const spare = claimsHost ? SPARE_CAPACITY_FOR_HOSTS : 0;
    if (this.#participants.count < MAX_PARTICIPANTS_PER_ROOM + spare) return;
    throw new ProtocolError('FULL', `The meeting is full: it has room for ${MAX_PARTICIPANTS_PER_ROOM} people.`);
  }

  /**
   * The userId of someone who joins. One that was given in this room before is given only to who shows the
   * session token of its membership, also after that membership was deleted: anybody else gets a new one.
   *
   * @throws {ProtocolError} CONFLICT: the id they ask for is of somebody who is present
   */
  #userIdOf(kept: Membership | null, { userId: wanted, admitted }: JoinRequest): string {
    const userId = kept?.userId ?? wanted ?? crypto.randomUUID();
    const holder = this.#participants.find(userId);
    if (!holder) return kept || this.#memberships.isFreeUserId(userId) ? userId : crypto.randomUUID();
    if (holder.membership === kept) return userId;
    // Who waits, or has waited, does not learn that somebody with this userId is here.
    if (kept || admitted) return crypto.randomUUID();
    throw new ProtocolError('CONFLICT', 'Someone with this user id is in the meeting already.');
  }
}
