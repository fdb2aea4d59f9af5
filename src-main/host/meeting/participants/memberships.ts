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
  /** Whether they were removed from the meeting: their token is worth nothing any more. */
  removed: boolean;
  hand: boolean;
  /**
   * Who turned their microphone off last: `muted`: somebody who may mute others; it then begins paused, until they
   * turn it on themselves. `asked`: they were asked to turn it on, and may. `free`: neither.
   */
  microphone: 'free' | 'muted' | 'asked';
  /** Their presence; null: nobody is present with this membership. */
  attendance: Attendance | null;
}

/** What is written of a membership beside who it is of. */
type StoredState = 'role' | 'baseRole' | 'removed';

/** Of somebody who is not present. */
const AT_FIRST = { hand: false, microphone: 'free', attendance: null } as const;

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
    const baseRole = record.baseRole ?? this.#baseRoleBy(record.inviteId);
    return { ...record, ...AT_FIRST, token, baseRole };
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
    return { ...identity, ...AT_FIRST, id: this.#tokens.hash(token), token, removed: false };
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
  change(membership: Membership, changes: Partial<Pick<Membership, 'userName' | 'hand' | StoredState>>): void {
    const changed = { ...membership, ...changes };
    const stored = ['userName', 'role', 'baseRole', 'removed'] as const;
    if (stored.some((name) => changed[name] !== membership[name])) this.write(changed);
    Object.assign(membership, changes);
  }

  /** Writes it as it is to be. @throws {ProtocolError} FULL */
  write(membership: Membership): void {
    this.#store.memberships.save(this.#roomId, recordOf(membership), () => [...this.#taken.keys()]);
  }

  /** Changes a role without a request: it holds even if it cannot be written. */
  setRole(membership: Membership, role: Role): void {
    membership.role = role;
    attempt(this.#log, () => this.#store.memberships.setRole(membership.id, role));
  }

  /**
   * Its owner has left, and does not run the room any more.
   *
   * @param at epoch ms
   * @param options.staysHost whether a host is host again when they come back
   */
  leave(membership: Membership, at: number, { staysHost }: { staysHost: boolean }): void {
    const { attendance } = membership;
    this.#taken.delete(membership.id);
    membership.hand = false;
    membership.attendance = null;
    const { role, baseRole } = membership;
    if (role !== baseRole && !(role === 'host' && staysHost)) this.setRole(membership, baseRole);
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

function recordOf({ id, userId, userName, role, baseRole, inviteId, removed }: Membership): MembershipRecord {
  return { id, userId, userName, role, baseRole, inviteId, removed };
}
