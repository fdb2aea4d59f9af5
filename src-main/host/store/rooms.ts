import * as v from 'valibot';
import { MAX_ENDED_ROOMS } from '../../../src-shared/limits.ts';
import { RoomId, RoomName } from '../../../src-shared/protocol/values/primitives.ts';
import { LobbyMode, Nearby, RoomPermissions } from '../../../src-shared/protocol/values/room-settings.ts';
import type { OpenRoomRecord, RoomRecord, RoomStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const ALLOWED = v.optional(v.boolean(), true);

/** What is absent was not there yet when the room was made: it is open to all. */
const Settings = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    lobbyMode: v.optional(LobbyMode, 'off'),
    locked: v.optional(v.boolean(), false),
    passcodeHash: v.optional(v.nullable(v.string()), null),
    linkKeyHash: v.optional(v.nullable(v.string()), null),
    nearby: v.optional(Nearby, 'hidden'),
    permissions: v.optional(
      v.object(v.entriesFromList(Object.keys(RoomPermissions.entries) as (keyof RoomPermissions)[], ALLOWED)),
      {},
    ),
  }),
);

const OpenRoom = v.object({
  id: RoomId,
  name: RoomName,
  hostTokenHash: v.string(),
  createdAt: v.number(),
  startsAt: v.nullable(v.number()),
  settings: Settings,
  hostMembershipId: v.nullable(v.string()),
  lastAttendedAt: v.nullable(v.number()),
});

export function roomStore(database: Database): RoomStore {
  const insert = database.prepare(
    `INSERT INTO rooms (id, name, host_token_hash, created_at, starts_at, settings)
     VALUES (:id, :name, :hostTokenHash, :createdAt, :startsAt, :settings)`,
  );
  const updateSettings = database.prepare('UPDATE rooms SET settings = :settings WHERE id = :id');
  const find = database.prepare('SELECT id FROM rooms WHERE id = :id', v.object({ id: RoomId }));
  const selectOpen = database.prepare(
    `SELECT id, name, host_token_hash AS hostTokenHash, created_at AS createdAt, starts_at AS startsAt, settings,
       (SELECT id FROM memberships WHERE room_id = rooms.id AND role = 'host') AS hostMembershipId,
       (SELECT max(last_seen_at) FROM attendance WHERE room_id = rooms.id) AS lastAttendedAt
     FROM rooms WHERE ended_at IS NULL ORDER BY created_at, rowid`,
    OpenRoom,
  );
  const markEnded = database.prepare(
    `UPDATE rooms SET ended_at = :at, host_token_hash = '', settings = '{}' WHERE id = :id`,
  );
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
    add({ id, name, hostTokenHash, createdAt, startsAt, settings }: RoomRecord): void {
      insert.run({ id, name, hostTokenHash, createdAt, startsAt, settings: JSON.stringify(settings) });
    },
    changeSettings(id, settings) {
      updateSettings.run({ id, settings: JSON.stringify(settings) });
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
