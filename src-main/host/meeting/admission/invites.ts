import { MAX_INVITES_PER_ROOM } from '../../../../src-shared/limits.ts';
import {
  type CreateInvite,
  type InviteContent,
  type ListedInvite,
  ProtocolError,
  type Role,
  isMeetingRole,
} from '../../../../src-shared/protocol/index.ts';
import { roomNotFound } from '../failures.ts';
import type { Clock, InviteRecord, Store, Tokens } from '../ports.ts';

/** An invite to a meeting, not to a desk. */
export type MeetingInvite = InviteContent & { role: Role };

/** Whether a token is an invite's: those are JWTs (RFC 7519), a host token has no dots. */
export function isInvite(token: string | undefined): token is string {
  return token?.includes('.') ?? false;
}

interface InvitesOptions {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** Whether there is such a room now. */
  readonly isOpen: (roomId: string) => boolean;
  /** One of a room's was made or revoked. */
  readonly onChange: (roomId: string) => void;
}

/** The invites of a host's rooms: whom they let in, as whom, and how long. Who may make them is asked elsewhere. */
export class Invites {
  readonly #store: Store;
  readonly #tokens: Tokens;
  readonly #clock: Clock;
  readonly #isOpen: (roomId: string) => boolean;
  readonly #onChange: (roomId: string) => void;

  constructor(options: InvitesOptions) {
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#clock = options.clock;
    this.#isOpen = options.isOpen;
    this.#onChange = options.onChange;
  }

  /**
   * A new invite. Tokens know whole seconds: it is valid from the second it begins in to the end of
   * the one it ends in.
   *
   * @throws {ProtocolError} NOT_FOUND, BAD_REQUEST (it would never be valid), LIMIT, FULL
   */
  async create(roomId: string, request: CreateInvite): Promise<{ id: string; token: string }> {
    const createdAt = this.#clock.now();
    const { notBefore, expires } = request;
    if (expires !== undefined && expires <= Math.max(createdAt, notBefore ?? 0)) {
      throw new ProtocolError('BAD_REQUEST', 'An invite must end in the future, and after it begins.');
    }
    const invite: InviteContent = {
      ...request,
      id: crypto.randomUUID(),
      roomId,
      ...(notBefore !== undefined && { notBefore: Math.floor(notBefore / 1000) * 1000 }),
      ...(expires !== undefined && { expires: Math.ceil(expires / 1000) * 1000 }),
    };
    const token = await this.#tokens.sign(invite);
    if (!this.#isOpen(roomId)) throw roomNotFound();
    this.#store.atomically(() => {
      this.#makeWay(roomId, createdAt);
      this.#store.invites.add({ ...invite, createdAt });
    });
    this.#onChange(roomId);
    return { id: invite.id, token };
  }

  /** All invites of a room, revoked and expired ones too. @throws {ProtocolError} NOT_FOUND */
  list(roomId: string): ListedInvite[] {
    if (!this.#isOpen(roomId)) throw roomNotFound();
    const { invites } = this.#store;
    return invites.of(roomId).map((invite) => ({ ...invite, uses: invites.usesOf(invite.id) }));
  }

  /** Whoever has come by it stays, and cannot come back. Idempotent. @throws {ProtocolError} NOT_FOUND, FULL */
  revoke(roomId: string, id: string): void {
    const invite = this.#store.invites.find(id);
    if (invite?.roomId !== roomId) throw new ProtocolError('NOT_FOUND', 'This meeting has no such invite.');
    if (invite.revokedAt !== undefined) return;
    this.#store.invites.revoke(id, this.#clock.now());
    this.#onChange(roomId);
  }

  /** Revokes an invite with a name: nobody else may come by it. One without is shared, and stays. @throws {ProtocolError} FULL */
  revokeNamed(roomId: string, id: string | null): void {
    if (id !== null && this.#store.invites.find(id)?.name !== undefined) this.revoke(roomId, id);
  }

  /**
   * What a token says.
   *
   * @throws {ProtocolError} NOT_FOUND, one and the same for every kind of bad token
   */
  async read(token: string): Promise<InviteContent> {
    const invite = await this.#tokens.read(token, this.#clock.now());
    if (!invite || !this.stillValid(invite.id)) throw roomNotFound();
    return invite;
  }

  /** As `read`, of an invite to this very meeting. @throws {ProtocolError} NOT_FOUND */
  async readFor(roomId: string, token: string): Promise<MeetingInvite> {
    const { role, ...invite } = await this.read(token);
    if (invite.roomId !== roomId || !isMeetingRole(role)) throw roomNotFound();
    return { ...invite, role };
  }

  /** The valid invites to a room's desk, early ones too, in the order they were made. */
  toDesk(roomId: string): InviteContent[] {
    return this.#store.invites.of(roomId).filter((invite) => !isMeetingRole(invite.role) && this.#isValid(invite));
  }

  /** Neither revoked nor expired, nor its room ended. */
  stillValid(id: string): boolean {
    const invite = this.#store.invites.find(id);
    return invite !== null && this.#isValid(invite);
  }

  /** Notes who came by an invite. @throws {ProtocolError} FULL */
  noteUse(id: string, { userId, userName }: { userId: string; userName: string }): void {
    this.#store.invites.use(id, { userId, userName, at: this.#clock.now() });
  }

  #isValid({ roomId, revokedAt, expires = Infinity }: InviteRecord): boolean {
    return revokedAt === undefined && this.#clock.now() < expires && this.#isOpen(roomId);
  }

  #makeWay(roomId: string, now: number): void {
    if (this.#store.invites.count(roomId) < MAX_INVITES_PER_ROOM) return;
    if (this.#store.invites.forgetDead(roomId, now)) return;
    throw new ProtocolError('LIMIT', `A meeting has at most ${MAX_INVITES_PER_ROOM} invites. Revoke one first.`);
  }
}
