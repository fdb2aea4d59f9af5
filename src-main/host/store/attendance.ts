import * as v from 'valibot';
import { MAX_ATTENDANCE_RECORDS_PER_ROOM } from '../../../src-shared/limits.ts';
import { Id, UserName } from '../../../src-shared/protocol/values/primitives.ts';
import type { AttendanceStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const AttendanceRecord = v.object({
  userId: Id,
  userName: UserName,
  joinedAt: v.number(),
  lastSeenAt: v.number(),
  present: v.pipe(
    v.number(),
    v.transform((present) => present === 1),
  ),
});

export function attendanceStore(database: Database): AttendanceStore {
  const insert = database.prepare(
    `INSERT INTO attendance (room_id, membership_id, user_id, user_name, joined_at, last_seen_at, present)
     VALUES (:roomId, :membershipId, :userId, :userName, :at, :at, 1)`,
  );
  const trim = database.prepare(
    `DELETE FROM attendance WHERE room_id = :roomId AND present = 0 AND id <= (
       SELECT id FROM attendance WHERE room_id = :roomId ORDER BY id DESC LIMIT 1 OFFSET :max
     )`,
  );
  const update = database.prepare('UPDATE attendance SET last_seen_at = :at, present = 0 WHERE id = :id');
  const touch = database.prepare('UPDATE attendance SET last_seen_at = :at WHERE present = 1');
  const creditPresent = database.prepare(
    `UPDATE memberships SET attended_ms = attended_ms + (
       SELECT sum(max(0, last_seen_at - joined_at)) FROM attendance WHERE membership_id = memberships.id AND present = 1
     ) WHERE id IN (SELECT membership_id FROM attendance WHERE present = 1)`,
  );
  const endAll = database.prepare('UPDATE attendance SET present = 0 WHERE present = 1');
  const select = database.prepare(
    `SELECT user_id AS userId, user_name AS userName, joined_at AS joinedAt, last_seen_at AS lastSeenAt, present
     FROM attendance WHERE room_id = :roomId ORDER BY id`,
    AttendanceRecord,
  );

  return {
    begin: (roomId, { id, userId, userName }, at) =>
      database.atomically(() => {
        const attendance = insert.run({ roomId, membershipId: id, userId, userName, at });
        trim.run({ roomId, max: MAX_ATTENDANCE_RECORDS_PER_ROOM });
        return attendance;
      }),
    end(id, at) {
      update.run({ id, at });
    },
    goOn(at) {
      touch.run({ at });
    },
    endAll() {
      database.atomically(() => {
        creditPresent.run({});
        endAll.run({});
      });
    },
    of: (roomId) => select.all({ roomId }),
  };
}
