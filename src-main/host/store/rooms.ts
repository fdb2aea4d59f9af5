import * as v from 'valibot';
import { MAX_ENDED_ROOMS } from '../../../src-shared/limits.ts';
import { RoomId, RoomName } from '../../../src-shared/protocol/values/primitives.ts';
import type { OpenRoomRecord, RoomRecord, RoomStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const OpenRoom = v.object({
  id: RoomId,
  name: RoomName,
  hostTokenHash: v.string(),
  createdAt: v.number(),
  startsAt: v.nullable(v.number()),
  hostMembershipId: v.nullable(v.string()),
  lastAttendedAt: v.nullable(v.number()),
});

export function roomStore(database: Database): RoomStore {
  const insert = database.prepare(
    `INSERT INTO rooms (id, name, host_token_hash, created_at, starts_at)
     VALUES (:id, :name, :hostTokenHash, :createdAt, :startsAt)`,
  );
  const find = database.prepare('SELECT id FROM rooms WHERE id = :id', v.object({ id: RoomId }));
  const selectOpen = database.prepare(
    `SELECT id, name, host_token_hash AS hostTokenHash, created_at AS createdAt, starts_at AS startsAt,
       (SELECT id FROM memberships WHERE room_id = rooms.id AND role = 'host') AS hostMembershipId,
       (SELECT max(last_seen_at) FROM attendance WHERE room_id = rooms.id) AS lastAttendedAt
     FROM rooms WHERE ended_at IS NULL ORDER BY created_at, rowid`,
    OpenRoom,
  );
  const markEnded = database.prepare(`UPDATE rooms SET ended_at = :at, host_token_hash = '' WHERE id = :id`);
  const endAttendance = database.prepare(
    'UPDATE attendance SET present = 0, last_seen_at = :at WHERE room_id = :id AND present = 1',
  );
  const forget = ['memberships', 'former_user_ids', 'messages', 'invites'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE room_id = :id`),
  );
  const dropUnattended = database.prepare(
    'DELETE FROM rooms WHERE id = :id AND NOT EXISTS (SELECT 1 FROM attendance WHERE room_id = :id)',
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
        endAttendance.run({ id, at });
        for (const statement of forget) statement.run({ id });
        markEnded.run({ id, at });
        dropUnattended.run({ id });
        dropOldest.run({ max: MAX_ENDED_ROOMS });
      });
    },
  };
}
