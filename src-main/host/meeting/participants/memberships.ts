import type { InviteRole, Role } from '../../../../src-shared/protocol/index.ts';
import { type Log, attempt } from '../log.ts';
import type { MembershipRecord, Store, Tokens } from '../ports.ts';
import type { Attendance, AttendanceLog } from './attendance-log.ts';
import { newSecret } from '../secret.ts';

/** Who someone is in a room: what they get back when they come again with its token. */
export interface Membership {
  /** The hash of the token. */
  readonly id: string;
  /** The `sessionToken`. */
  readonly token: string;
  userId: string;
  userName: string;
  role: Role;
  /** Their role while they are not host. */
  baseRole: Role;
  /** The invite they came by. */
  inviteId: string | null;
  hand: boolean;
  /** Their presence; null: nobody is present with this membership. */
  attendance: Attendance | null;
}

/** Who someone with a membership is. */
export type Identity = Pick<Membership, 'userId' | 'userName' | 'role' | 'baseRole' | 'inviteId'>;

/** The memberships of one room. All are in the store; those of participants who are present are here too. */
export class Memberships {
  readonly #roomId: string;
  readonly #store: Store;
  readonly #tokens: Tokens;
  readonly #attendance: AttendanceLog;
  readonly #log: Log;
  readonly #taken = new Map<string, Membership>();

  constructor(options: { roomId: string; store: Store; tokens: Tokens; attendance: AttendanceLog; log: Log }) {
    this.#roomId = options.roomId;
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#attendance = options.attendance;
    this.#log = options.log;
  }

  /** The membership of this session token. */
  find(token: string): Membership | null {
    const id = this.#tokens.hash(token);
    const taken = this.#taken.get(id);
    if (taken) return taken;
    const record = this.#store.memberships.find(this.#roomId, id);
    if (!record) return null;
    const baseRole = this.#baseRoleBy(record.inviteId);
    return { ...record, token, baseRole, hand: false, attendance: null };
  }

  /** Whether this userId may be given to somebody new: nobody in this room has it or ever had it. */
  isFreeUserId(userId: string): boolean {
    return this.#store.memberships.isFreeUserId(this.#roomId, userId);
  }

  /**
   * A new membership; it is kept once someone joins with it.
   *
   * @param inviteId the invite that gives its role; null: it is a participant's
   */
  fresh(inviteId: string | null = null): Membership {
    const token = newSecret();
    const role = this.#baseRoleBy(inviteId);
    const identity = { userId: '', userName: '', role, baseRole: role, inviteId };
    return { ...identity, id: this.#tokens.hash(token), token, hand: false, attendance: null };
  }

  /**
   * Someone joins with a membership; who is present already keeps their attendance record.
   *
   * @param at epoch ms
   * @param along what is written together with it, or not at all
   * @throws {ProtocolError} FULL; nothing has changed then
   */
  take(membership: Membership, identity: Identity, at: number, along: () => void): void {
    const record = recordOf({ ...membership, ...identity });
    this.#store.atomically(() => {
      along();
      this.#store.memberships.save(this.#roomId, record, () => [
        ...this.#taken.keys(),
        ...this.#attendance.unwritten(),
      ]);
    });
    const attendance = membership.attendance ?? this.#attendance.begin(this.#roomId, record, at);
    Object.assign(membership, identity, { attendance });
    this.#taken.set(membership.id, membership);
  }

  /** @throws {ProtocolError} FULL; nothing has changed then */
  change(membership: Membership, changes: Partial<Pick<Membership, 'userName' | 'role' | 'hand'>>): void {
    const changed = { ...membership, ...changes };
    const kept = changed.userName !== membership.userName || changed.role !== membership.role;
    if (kept) this.#store.memberships.save(this.#roomId, recordOf(changed), () => [...this.#taken.keys()]);
    Object.assign(membership, changes);
  }

  /** Changes a role without a request: it holds even if it cannot be written. */
  setRole(membership: Membership, role: Role): void {
    membership.role = role;
    attempt(this.#log, () => this.#store.memberships.setRole(membership.id, role));
  }

  /** Its owner has left and is host no more. @param at epoch ms */
  leave(membership: Membership, at: number): void {
    const { attendance } = membership;
    this.#taken.delete(membership.id);
    membership.hand = false;
    membership.attendance = null;
    if (membership.role === 'host') this.setRole(membership, membership.baseRole);
    if (attendance) this.#attendance.end(attendance, at);
  }

  #baseRoleBy(inviteId: string | null): Role {
    return baseRoleOf(inviteId === null ? null : this.#store.invites.find(inviteId));
  }
}

/** The role of an invite's owner while they are not host. */
export function baseRoleOf(invite: { role: InviteRole } | null): Role {
  return invite?.role === 'co-host' || invite?.role === 'viewer' ? invite.role : 'participant';
}

function recordOf({ id, userId, userName, role, inviteId }: Membership): MembershipRecord {
  return { id, userId, userName, role, inviteId };
}
