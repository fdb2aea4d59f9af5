import { RECOVERY_MS } from '../../../../src-shared/limits.ts';
import type { Role } from '../../../../src-shared/protocol/index.ts';
import { type Log, attempt } from '../log.ts';
import type { Participant } from './participant.ts';
import type { Participants } from './participants.ts';
import type { Clock, Store } from '../ports.ts';
import type { Membership, Memberships } from './memberships.ts';

interface HostSuccessionOptions {
  participants: Participants;
  memberships: Memberships;
  store: Store;
  clock: Clock;
  log: Log;
  /** The membership with the host role when this computer stopped hosting; null: there was none. */
  awaitedHost: string | null;
  /** Someone's role has changed. */
  onChange: (participant: Participant) => void;
}

/** Who is the host of a room, and who becomes host when the host has left. */
export class HostSuccession {
  readonly #participants: Participants;
  readonly #memberships: Memberships;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onChange: (participant: Participant) => void;
  /** In a restored room: the host's membership. Nobody else becomes host until its owner has had time to come back. */
  #awaitedHost: string | null;
  #stopAwaitingHost: (() => void) | null = null;

  constructor(options: HostSuccessionOptions) {
    this.#participants = options.participants;
    this.#memberships = options.memberships;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#awaitedHost = options.awaitedHost;
    this.#onChange = options.onChange;
  }

  /**
   * The role of someone who joins with `membership`.
   *
   * @param options.entitled their role by membership or invite
   * @param options.claimsHost whether they hold the room's host token, or an invite for its host
   */
  roleFor(membership: Membership, { entitled, claimsHost }: { entitled: Role; claimsHost: boolean }): Role {
    if (claimsHost) return 'host';
    if (entitled === 'viewer') return 'viewer';
    const host = this.#host;
    const free = host
      ? host.membership === membership
      : this.#awaitedHost === null || this.#awaitedHost === membership.id;
    if (free) return 'host';
    return entitled === 'host' ? membership.baseRole : entitled;
  }

  /** Writes that no other membership has the host role: `membership` is about to get it. @throws {ProtocolError} FULL */
  writeHandOver(membership: Membership): void {
    const host = this.#host;
    if (host && host.membership !== membership)
      this.#store.memberships.setRole(host.membership.id, host.membership.baseRole);
    if (this.#awaitedHost !== null && this.#awaitedHost !== membership.id)
      this.#store.memberships.setRole(this.#awaitedHost, 'participant');
  }

  /** Someone has joined with `membership`, and it has been written. */
  membershipTaken(membership: Membership): void {
    if (membership.role === 'host') {
      const host = this.#host;
      if (host && host.membership !== membership) {
        host.membership.role = host.membership.baseRole;
        this.#onChange(host);
      }
      this.#forgetAwaitedHost();
    } else if (this.#awaitedHost !== null) {
      this.#stopAwaitingHost ??= this.#clock.after(RECOVERY_MS, () => this.#giveUpAwaitedHost());
    }
  }

  /** The host has left: the next one becomes host. */
  passOn(): void {
    const next = successor(this.#participants.joined);
    if (!next) return;
    this.#memberships.setRole(next.membership, 'host');
    this.#onChange(next);
  }

  /** The room has ended. */
  close(): void {
    this.#forgetAwaitedHost();
  }

  get #host(): Participant | undefined {
    return this.#participants.joined.find(({ membership }) => membership.role === 'host');
  }

  #giveUpAwaitedHost(): void {
    const awaitedHost = this.#awaitedHost;
    if (awaitedHost !== null) attempt(this.#log, () => this.#store.memberships.setRole(awaitedHost, 'participant'));
    this.#forgetAwaitedHost();
    this.passOn();
  }

  #forgetAwaitedHost(): void {
    this.#stopAwaitingHost?.();
    this.#stopAwaitingHost = null;
    this.#awaitedHost = null;
  }
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
