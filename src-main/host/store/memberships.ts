import * as v from 'valibot';
import { MAX_MEMBERSHIPS_PER_ROOM } from '../../../src-shared/limits.ts';
import { Id, UserName } from '../../../src-shared/protocol/primitives.ts';
import { Role } from '../../../src-shared/protocol/index.ts';
import type { MembershipStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const Membership = v.object({ id: v.string(), userId: Id, userName: UserName, role: Role, inviteId: v.nullable(Id) });

export function membershipStore(database: Database): MembershipStore {
  const select = database.prepare(
    `SELECT id, user_id AS userId, user_name AS userName, role, invite_id AS inviteId
     FROM memberships WHERE id = :id AND room_id = :roomId`,
    Membership,
  );
  const upsert = database.prepare(
    `INSERT INTO memberships (id, room_id, user_id, user_name, role, invite_id)
     VALUES (:id, :roomId, :userId, :userName, :role, :inviteId)
     ON CONFLICT (id) DO UPDATE SET user_id = :userId, user_name = :userName, role = :role, invite_id = :inviteId`,
  );
  const updateRole = database.prepare('UPDATE memberships SET role = :role WHERE id = :id');
  const count = database.prepare(
    'SELECT count(*) AS count FROM memberships WHERE room_id = :roomId',
    v.object({ count: v.number() }),
  );
  const dropLeastAttended = database.prepare(
    `DELETE FROM memberships WHERE rowid IN (
       SELECT rowid FROM memberships
       WHERE room_id = :roomId AND id <> :id AND id NOT IN (SELECT value FROM json_each(:present))
       ORDER BY attended_ms, rowid LIMIT :excess
     )`,
  );
  const selectUserId = database.prepare(
    'SELECT user_id AS userId FROM memberships WHERE room_id = :roomId AND user_id = :userId LIMIT 1',
    v.object({ userId: Id }),
  );
  const addAttended = database.prepare('UPDATE memberships SET attended_ms = attended_ms + :ms WHERE id = :id');

  return {
    find: (roomId, id) => select.get({ roomId, id }),
    save(roomId, { id, userId, userName, role, inviteId }, present = () => []) {
      database.atomically(() => {
        upsert.run({ roomId, id, userId, userName, role, inviteId });
        const excess = (count.get({ roomId })?.count ?? 0) - MAX_MEMBERSHIPS_PER_ROOM;
        if (excess > 0) dropLeastAttended.run({ roomId, id, excess, present: JSON.stringify(present()) });
      });
    },
    hasUserId: (roomId, userId) => selectUserId.get({ roomId, userId }) !== null,
    addAttended(id, ms) {
      addAttended.run({ id, ms: Math.max(0, ms) });
    },
    setRole(id, role) {
      updateRole.run({ id, role });
    },
  };
}
