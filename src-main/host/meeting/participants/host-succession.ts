import { RECOVERY_MS } from '../../../../src-shared/limits.ts';
import type { Role } from '../../../../src-shared/protocol/index.ts';
import { type Log, attempt } from '../log.ts';
import type { CurrentSettings } from './current-settings.ts';
import type { Participant } from './participant.ts';
import type { Participants } from './participants.ts';
import type { Clock, Store } from '../ports.ts';
import type { Membership, Memberships } from './memberships.ts';

interface HostSuccessionOptions {
  roomId: string;
  settings: CurrentSettings;
  participants: Participants;
  memberships: Memberships;
  store: Store;
  clock: Clock;
  log: Log;
  /** The membership with the host role when this computer stopped hosting; null: there was none. */
  awaitedHost: string | null;
  /** Someone's role has changed. */
  onChange: (participant: Participant) => void;
  /** The host of a restored room has not come back, and somebody else runs it now. */
  onAwaitedInVain: () => void;
}

/**
 * Who is the host of a room, and who takes over when the host has left: in a room that is open to all the next
 * one becomes host. In a guarded one they stand in as co-host, until a host is there: one becomes host only by the
 * host token or a host's invite, by hand-over, or by coming back.
 */
export class HostSuccession {
  readonly #roomId: string;
  readonly #settings: CurrentSettings;
  readonly #participants: Participants;
  readonly #memberships: Memberships;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onChange: (participant: Participant) => void;
  readonly #onAwaitedInVain: () => void;
  /**
   * The membership of a host who is absent, since the room was restored, or who has left a guarded one. Nobody else
   * becomes host until its owner has had time to come back; in a guarded room that has no end.
   */
  #awaitedHost: string | null;
  /** Whether it waits for the host of a room that was restored, for a while. */
  #restored: boolean;
  #stopAwaitingHost: (() => void) | null = null;

  constructor(options: HostSuccessionOptions) {
    this.#roomId = options.roomId;
    this.#settings = options.settings;
    this.#participants = options.participants;
    this.#memberships = options.memberships;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#awaitedHost = options.awaitedHost;
    this.#restored = options.awaitedHost !== null;
    this.#onChange = options.onChange;
    this.#onAwaitedInVain = options.onAwaitedInVain;
  }

  /**
   * The role of someone who joins with `membership`.
   *
   * @param options.entitled their role by membership or invite
   * @param options.baseRole theirs while they are not host
   * @param options.claimsHost whether they hold the room's host token, or an invite for its host
   */
  roleFor(
    membership: Membership,
    { entitled, baseRole, claimsHost }: { entitled: Role; baseRole: Role; claimsHost: boolean },
  ): Role {
    if (claimsHost) return 'host';
    if (entitled === 'viewer') return 'viewer';
    const host = this.#host;
    const free = host
      ? host.membership === membership
      : this.#awaitedHost === null || this.#awaitedHost === membership.id;
    if (free && (entitled === 'host' || !this.#settings.guarded)) return 'host';
    // A stand-in whose role was stored when the host's process was killed stands in no more where a host is there.
    const stoodIn = host !== undefined && isStandIn({ role: entitled, baseRole });
    return entitled === 'host' || stoodIn ? baseRole : entitled;
  }

  /** Writes that no other membership has the host role: `membership` is about to get it. @throws {ProtocolError} FULL */
  writeHandOver(membership: Membership): void {
    const host = this.#host;
    if (host && host.membership !== membership)
      this.#store.memberships.setRole(host.membership.id, host.membership.baseRole);
    this.#store.memberships.endHostRoles(this.#roomId, membership.id);
  }

  /** Someone has joined with `membership`, and it has been written. */
  membershipTaken(membership: Membership): void {
    if (membership.role === 'host') {
      const host = this.#host;
      if (host && host.membership !== membership) {
        host.membership.role = host.membership.baseRole;
        this.#onChange(host);
      }
      for (const { membership: other } of this.#standIns) this.#changeRole(other, other.baseRole);
      this.#forgetAwaitedHost();
    } else if (this.#restored) {
      this.#stopAwaitingHost ??= this.#clock.after(RECOVERY_MS, () => this.#giveUpAwaitedHost());
    }
  }

  /** Whether the room needs somebody else to run it when they leave. */
  runsRoom({ role, baseRole }: Membership): boolean {
    return role === 'host' || isStandIn({ role, baseRole });
  }

  /** Somebody who ran the room has left: the next one takes over. */
  passOn(left: Membership): void {
    if (this.#settings.guarded && left.role === 'host') this.#awaitedHost = left.id;
    if (!this.#host) this.#takeOver();
  }

  /** Somebody hands the room over. @throws {ProtocolError} FULL; nothing has changed then */
  handOver(from: Participant, to: Participant): void {
    this.#store.atomically(() => {
      this.#memberships.write({ ...from.membership, ...CO_HOST });
      this.#memberships.write({ ...to.membership, role: 'host' });
      this.#store.memberships.endHostRoles(this.#roomId, to.membership.id);
    });
    Object.assign(from.membership, CO_HOST);
    to.membership.role = 'host';
    this.#forgetAwaitedHost();
    this.#onChange(from);
    this.#onChange(to);
  }

  /** The room has ended. */
  close(): void {
    this.#forgetAwaitedHost();
  }

  get #host(): Participant | undefined {
    return this.#participants.joined.find(({ membership }) => membership.role === 'host');
  }

  get #standIns(): Participant[] {
    return this.#participants.joined.filter(({ membership }) => isStandIn(membership));
  }

  #giveUpAwaitedHost(): void {
    const awaitedHost = this.#awaitedHost;
    this.#stopAwaitingHost = null;
    this.#restored = false;
    if (!this.#settings.guarded) {
      if (awaitedHost !== null) attempt(this.#log, () => this.#store.memberships.setRole(awaitedHost, 'participant'));
      this.#awaitedHost = null;
    }
    this.#takeOver();
    this.#onAwaitedInVain();
  }

  #takeOver(): void {
    const next = successor(this.#participants.joined);
    if (!next) return;
    const role = this.#settings.guarded ? 'co-host' : 'host';
    if (next.membership.role !== role) this.#changeRole(next.membership, role);
  }

  #changeRole(membership: Membership, role: Role): void {
    this.#memberships.setRole(membership, role);
    const participant = this.#participants.find(membership.userId);
    if (participant) this.#onChange(participant);
  }

  #forgetAwaitedHost(): void {
    this.#stopAwaitingHost?.();
    this.#stopAwaitingHost = null;
    this.#restored = false;
    this.#awaitedHost = null;
  }
}

/** What a host becomes who hands the room over. */
const CO_HOST = { role: 'co-host', baseRole: 'co-host' } as const;

/** Whether somebody is co-host only while no host is there. */
function isStandIn({ role, baseRole }: Pick<Membership, 'role' | 'baseRole'>): boolean {
  return role === 'co-host' && baseRole !== 'co-host';
}

interface Candidate {
  readonly membership: Readonly<Pick<Membership, 'role'>>;
  readonly disconnected: boolean;
}

/**
 * Who becomes host when the host has gone: the longest-present co-host, else the longest-present
 * participant; someone whose connection is lost only where nobody else is left. A viewer never.
 *
 * @param participants in the order they came
 */
export function successor<Person extends Candidate>(participants: readonly Person[]): Person | undefined {
  const connected = participants.filter((participant) => !participant.disconnected);
  return longestPresent(connected) ?? longestPresent(participants);
}

function longestPresent<Person extends Candidate>(participants: readonly Person[]): Person | undefined {
  return (
    participants.find((participant) => participant.membership.role === 'co-host') ??
    participants.find((participant) => participant.membership.role === 'participant')
  );
}
