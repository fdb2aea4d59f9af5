import * as v from 'valibot';
import { MAX_FORMER_USER_IDS_PER_ROOM, MAX_MEMBERSHIPS_PER_ROOM } from '../../../src-shared/limits.ts';
import { Id, UserName } from '../../../src-shared/protocol/values/primitives.ts';
import { Role } from '../../../src-shared/protocol/index.ts';
import type { MembershipStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const Membership = v.object({
  id: v.string(),
  userId: Id,
  userName: UserName,
  role: Role,
  baseRole: v.nullable(Role),
  inviteId: v.nullable(Id),
  removed: v.pipe(
    v.number(),
    v.transform((flag) => flag === 1),
  ),
});

export function membershipStore(database: Database): MembershipStore {
  const select = database.prepare(
    `SELECT id, user_id AS userId, user_name AS userName, role, base_role AS baseRole, invite_id AS inviteId, removed
     FROM memberships WHERE id = :id AND room_id = :roomId`,
    Membership,
  );
  const upsert = database.prepare(
    `INSERT INTO memberships (id, room_id, user_id, user_name, role, base_role, invite_id, removed)
     VALUES (:id, :roomId, :userId, :userName, :role, :baseRole, :inviteId, :removed)
     ON CONFLICT (id) DO UPDATE SET user_id = :userId, user_name = :userName, role = :role, base_role = :baseRole,
       invite_id = :inviteId, removed = :removed`,
  );
  const updateRole = database.prepare('UPDATE memberships SET role = :role WHERE id = :id');
  const endHostRoles = database.prepare(
    `UPDATE memberships SET role = coalesce(base_role, 'participant')
     WHERE room_id = :roomId AND role = 'host' AND id <> :but`,
  );
  const count = database.prepare(
    'SELECT count(*) AS count FROM memberships WHERE room_id = :roomId',
    v.object({ count: v.number() }),
  );
  const leastAttended = `SELECT rowid FROM memberships
    WHERE room_id = :roomId AND id <> :id AND id NOT IN (SELECT value FROM json_each(:present))
    ORDER BY attended_ms, rowid LIMIT :excess`;
  const keepUserIds = database.prepare(
    `INSERT OR IGNORE INTO former_user_ids (room_id, user_id)
     SELECT room_id, user_id FROM memberships WHERE rowid IN (${leastAttended})
       AND (SELECT count(*) FROM former_user_ids WHERE room_id = :roomId) < ${MAX_FORMER_USER_IDS_PER_ROOM}`,
  );
  const dropLeastAttended = database.prepare(`DELETE FROM memberships WHERE rowid IN (${leastAttended})`);
  const selectFree = database.prepare(
    `SELECT NOT EXISTS (SELECT 1 FROM memberships WHERE room_id = :roomId AND user_id = :userId)
       AND NOT EXISTS (SELECT 1 FROM former_user_ids WHERE room_id = :roomId AND user_id = :userId)
       AND (SELECT count(*) FROM former_user_ids WHERE room_id = :roomId) < ${MAX_FORMER_USER_IDS_PER_ROOM} AS free`,
    v.object({ free: v.number() }),
  );
  const addAttended = database.prepare('UPDATE memberships SET attended_ms = attended_ms + :ms WHERE id = :id');

  return {
    find: (roomId, id) => select.get({ roomId, id }),
    save(roomId, { removed, ...membership }, present = () => []) {
      database.atomically(() => {
        upsert.run({ ...membership, roomId, removed: Number(removed) });
        const excess = (count.get({ roomId })?.count ?? 0) - MAX_MEMBERSHIPS_PER_ROOM;
        if (excess <= 0) return;
        const dropped = { roomId, id: membership.id, excess, present: JSON.stringify(present()) };
        keepUserIds.run(dropped);
        dropLeastAttended.run(dropped);
      });
    },
    isFreeUserId: (roomId, userId) => selectFree.get({ roomId, userId })?.free === 1,
    addAttended(id, ms) {
      addAttended.run({ id, ms: Math.max(0, ms) });
    },
    setRole(id, role) {
      updateRole.run({ id, role });
    },
    endHostRoles(roomId, but) {
      endHostRoles.run({ roomId, but });
    },
  };
}
