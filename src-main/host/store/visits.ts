import * as v from 'valibot';
import { MAX_VISITS_PER_ROOM } from '../../../src-shared/limits.ts';
import { Id, UserName } from '../../../src-shared/protocol/primitives.ts';
import type { VisitStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const Visit = v.object({
  userId: Id,
  userName: UserName,
  cameAt: v.number(),
  lastAt: v.number(),
  present: v.pipe(
    v.number(),
    v.transform((present) => present === 1),
  ),
});

export function visitStore(database: Database): VisitStore {
  const insert = database.prepare(
    `INSERT INTO visits (room_id, seat_id, user_id, user_name, came_at, last_at, present)
     VALUES (:roomId, :seatId, :userId, :userName, :at, :at, 1)`,
  );
  const trim = database.prepare(
    `DELETE FROM visits WHERE room_id = :roomId AND present = 0 AND id <= (
       SELECT id FROM visits WHERE room_id = :roomId ORDER BY id DESC LIMIT 1 OFFSET :max
     )`,
  );
  const update = database.prepare('UPDATE visits SET last_at = :at, present = 0 WHERE id = :id');
  const touch = database.prepare('UPDATE visits SET last_at = :at WHERE present = 1');
  const endAll = database.prepare('UPDATE visits SET present = 0 WHERE present = 1');
  const select = database.prepare(
    `SELECT user_id AS userId, user_name AS userName, came_at AS cameAt, last_at AS lastAt, present
     FROM visits WHERE room_id = :roomId ORDER BY id`,
    Visit,
  );

  return {
    begin: (roomId, { id, userId, userName }, at) =>
      database.atomically(() => {
        const visit = insert.run({ roomId, seatId: id, userId, userName, at });
        trim.run({ roomId, max: MAX_VISITS_PER_ROOM });
        return visit;
      }),
    end(id, at) {
      update.run({ id, at });
    },
    goOn(at) {
      touch.run({ at });
    },
    endAll() {
      endAll.run({});
    },
    of: (roomId) => select.all({ roomId }),
  };
}
