import { RECOVERY_MS } from '../../../src-shared/limits.ts';
import type { Role } from '../../../src-shared/protocol/index.ts';
import { type Log, attempt } from './log.ts';
import type { Participant } from './participant.ts';
import type { People } from './people.ts';
import type { Clock, Store } from './ports.ts';
import { successor } from './roles.ts';
import type { Seat, Seats } from './seats.ts';

interface LeadOptions {
  people: People;
  seats: Seats;
  store: Store;
  clock: Clock;
  log: Log;
  /** The seat that held host when this computer stopped hosting; null: none did. */
  awaited: string | null;
  /** Someone's role has changed. */
  onChange: (person: Participant) => void;
}

/** Who leads a room, and who comes next. */
export class Lead {
  readonly #people: People;
  readonly #seats: Seats;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onChange: (person: Participant) => void;
  /** In a restored room: the host's seat, which nobody else may have until they have had time to come back. */
  #awaited: string | null;
  #stopAwaiting: (() => void) | null = null;

  constructor(options: LeadOptions) {
    this.#people = options.people;
    this.#seats = options.seats;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#awaited = options.awaited;
    this.#onChange = options.onChange;
  }

  /**
   * What someone becomes who takes `seat`.
   *
   * @param options.entitled what they are by their seat or invite
   * @param options.takesHost whether they hold the room's host token, or an invite for its host
   */
  roleFor(seat: Seat, { entitled, takesHost }: { entitled: Role; takesHost: boolean }): Role {
    if (takesHost) return 'host';
    if (entitled === 'viewer') return 'viewer';
    const host = this.#host;
    const free = host ? host.seat === seat : this.#awaited === null || this.#awaited === seat.id;
    if (free) return 'host';
    return entitled === 'host' ? seat.rank : entitled;
  }

  /** Writes that others no longer hold host: `seat` is about to. @throws {ProtocolError} FULL */
  writeHandOver(seat: Seat): void {
    const host = this.#host;
    if (host && host.seat !== seat) this.#store.seats.setRole(host.seat.id, host.seat.rank);
    if (this.#awaited !== null && this.#awaited !== seat.id) this.#store.seats.setRole(this.#awaited, 'participant');
  }

  /** Someone has taken `seat`, and what is written of it holds. */
  took(seat: Seat): void {
    if (seat.role === 'host') {
      const host = this.#host;
      if (host && host.seat !== seat) {
        host.seat.role = host.seat.rank;
        this.#onChange(host);
      }
      this.#forgetAwaited();
    } else if (this.#awaited !== null) {
      this.#stopAwaiting ??= this.#clock.after(RECOVERY_MS, () => this.#giveUpAwaited());
    }
  }

  /** The host has gone: the next one leads. */
  pass(): void {
    const next = successor(this.#people.joined);
    if (!next) return;
    this.#seats.setRole(next.seat, 'host');
    this.#onChange(next);
  }

  /** The room has ended. */
  close(): void {
    this.#forgetAwaited();
  }

  get #host(): Participant | undefined {
    return this.#people.joined.find(({ seat }) => seat.role === 'host');
  }

  #giveUpAwaited(): void {
    const awaited = this.#awaited;
    if (awaited !== null) attempt(this.#log, () => this.#store.seats.setRole(awaited, 'participant'));
    this.#forgetAwaited();
    this.pass();
  }

  #forgetAwaited(): void {
    this.#stopAwaiting?.();
    this.#stopAwaiting = null;
    this.#awaited = null;
  }
}
