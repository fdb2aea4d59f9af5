import * as v from 'valibot';
import { MAX_SEATS_PER_ROOM } from '../../../src-shared/limits.ts';
import { Id, UserName } from '../../../src-shared/protocol/primitives.ts';
import { Role } from '../../../src-shared/protocol/index.ts';
import type { SeatStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const Seat = v.object({ id: v.string(), userId: Id, userName: UserName, role: Role, inviteId: v.nullable(Id) });

export function seatStore(database: Database): SeatStore {
  const select = database.prepare(
    `SELECT id, user_id AS userId, user_name AS userName, role, invite_id AS inviteId
     FROM seats WHERE id = :id AND room_id = :roomId`,
    Seat,
  );
  const upsert = database.prepare(
    `INSERT INTO seats (id, room_id, user_id, user_name, role, invite_id)
     VALUES (:id, :roomId, :userId, :userName, :role, :inviteId)
     ON CONFLICT (id) DO UPDATE SET user_id = :userId, user_name = :userName, role = :role, invite_id = :inviteId`,
  );
  const updateRole = database.prepare('UPDATE seats SET role = :role WHERE id = :id');
  const count = database.prepare(
    'SELECT count(*) AS count FROM seats WHERE room_id = :roomId',
    v.object({ count: v.number() }),
  );
  const dropOldest = database.prepare(
    `DELETE FROM seats WHERE rowid IN (
       SELECT rowid FROM seats
       WHERE room_id = :roomId AND id <> :id
         AND NOT EXISTS (SELECT 1 FROM visits WHERE seat_id = seats.id AND present = 1)
       ORDER BY rowid LIMIT :excess
     )`,
  );

  return {
    find: (roomId, id) => select.get({ roomId, id }),
    save(roomId, { id, userId, userName, role, inviteId }) {
      database.atomically(() => {
        upsert.run({ roomId, id, userId, userName, role, inviteId });
        const excess = (count.get({ roomId })?.count ?? 0) - MAX_SEATS_PER_ROOM;
        if (excess > 0) dropOldest.run({ roomId, id, excess });
      });
    },
    setRole(id, role) {
      updateRole.run({ id, role });
    },
  };
}
