import { ATTENDANCE_BATCH_MS } from '../../../../src-shared/limits.ts';
import { type Log, attempt } from '../log.ts';
import type { Clock, MembershipRecord, Store } from '../ports.ts';

/** Somebody's presence in a room, from joining to leaving. */
export interface Attendance {
  readonly roomId: string;
  readonly membership: MembershipRecord;
  /** Epoch ms. */
  readonly joinedAt: number;
  leftAt: number | null;
  /** Of its record in the store; null: not written yet. */
  recordId: number | null;
}

/**
 * When people were in the rooms of a host. It is written `ATTENDANCE_BATCH_MS` later, all of it together: nobody
 * waits for it, and many who come and go cost one write.
 */
export class AttendanceLog {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #unwritten = new Set<Attendance>();
  #stopWaiting: (() => void) | null = null;

  constructor(options: { store: Store; clock: Clock; log: Log }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Somebody has joined. @param joinedAt epoch ms */
  begin(roomId: string, membership: MembershipRecord, joinedAt: number): Attendance {
    const attendance: Attendance = { roomId, membership, joinedAt, leftAt: null, recordId: null };
    this.#add(attendance);
    return attendance;
  }

  /** They have left. @param at epoch ms */
  end(attendance: Attendance, at: number): void {
    attendance.leftAt = at;
    this.#add(attendance);
  }

  /** The ids of the memberships of which something is not written yet. */
  unwritten(): string[] {
    return [...this.#unwritten].map(({ membership }) => membership.id);
  }

  /** Writes what is not written yet. */
  flush(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    const batch = [...this.#unwritten];
    this.#unwritten.clear();
    if (batch.length === 0) return;
    attempt(this.#log, () => {
      const recordIds = this.#store.atomically(() => batch.map((attendance) => this.#write(attendance)));
      // Only now: a transaction that fails leaves no records, and their ids may become others'.
      batch.forEach((attendance, index) => (attendance.recordId = recordIds[index] ?? null));
    });
  }

  /** The id of its record. @throws {ProtocolError} FULL */
  #write({ roomId, membership, joinedAt, leftAt, ...attendance }: Attendance): number {
    const recordId = attendance.recordId ?? this.#store.attendance.begin(roomId, membership, joinedAt);
    if (leftAt !== null) {
      this.#store.attendance.end(recordId, leftAt);
      this.#store.memberships.addAttended(membership.id, leftAt - joinedAt);
    }
    return recordId;
  }

  #add(attendance: Attendance): void {
    this.#unwritten.add(attendance);
    this.#stopWaiting ??= this.#clock.after(ATTENDANCE_BATCH_MS, () => {
      this.#stopWaiting = null;
      this.flush();
    });
  }
}
