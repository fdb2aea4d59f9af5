import * as v from 'valibot';
import { MAX_ENDED_ROOMS } from '../../../src-shared/limits.ts';
import { RoomId, RoomName } from '../../../src-shared/protocol/primitives.ts';
import type { OpenRoomRecord, RoomRecord, RoomStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const OpenRoom = v.object({
  id: RoomId,
  name: RoomName,
  hostTokenHash: v.string(),
  createdAt: v.number(),
  startsAt: v.nullable(v.number()),
  hostSeat: v.nullable(v.string()),
  lastVisitAt: v.nullable(v.number()),
});

export function roomStore(database: Database): RoomStore {
  const insert = database.prepare(
    `INSERT INTO rooms (id, name, host_token_hash, created_at, starts_at)
     VALUES (:id, :name, :hostTokenHash, :createdAt, :startsAt)`,
  );
  const find = database.prepare('SELECT id FROM rooms WHERE id = :id', v.object({ id: RoomId }));
  const selectOpen = database.prepare(
    `SELECT id, name, host_token_hash AS hostTokenHash, created_at AS createdAt, starts_at AS startsAt,
       (SELECT id FROM seats WHERE room_id = rooms.id AND role = 'host') AS hostSeat,
       (SELECT max(last_at) FROM visits WHERE room_id = rooms.id) AS lastVisitAt
     FROM rooms WHERE ended_at IS NULL ORDER BY created_at, rowid`,
    OpenRoom,
  );
  const markEnded = database.prepare(`UPDATE rooms SET ended_at = :at, host_token_hash = '' WHERE id = :id`);
  const endVisits = database.prepare(
    'UPDATE visits SET present = 0, last_at = :at WHERE room_id = :id AND present = 1',
  );
  const forget = ['seats', 'messages', 'invites'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE room_id = :id`),
  );
  const dropUnvisited = database.prepare(
    'DELETE FROM rooms WHERE id = :id AND NOT EXISTS (SELECT 1 FROM visits WHERE room_id = :id)',
  );
  const dropOldest = database.prepare(
    `DELETE FROM rooms WHERE rowid IN (
       SELECT rowid FROM rooms WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, rowid DESC LIMIT -1 OFFSET :max
     )`,
  );

  return {
    add({ id, name, hostTokenHash, createdAt, startsAt }: RoomRecord): void {
      insert.run({ id, name, hostTokenHash, createdAt, startsAt });
    },
    remembers: (id) => find.get({ id }) !== null,
    open: (): OpenRoomRecord[] => selectOpen.all({}),
    end(id, at) {
      database.atomically(() => {
        endVisits.run({ id, at });
        for (const statement of forget) statement.run({ id });
        markEnded.run({ id, at });
        dropUnvisited.run({ id });
        dropOldest.run({ max: MAX_ENDED_ROOMS });
      });
    },
  };
}
