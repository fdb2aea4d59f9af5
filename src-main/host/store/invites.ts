import * as v from 'valibot';
import { MAX_USES_PER_INVITE } from '../../../src-shared/limits.ts';
import { Appointment, InviteRole, InviteUse } from '../../../src-shared/protocol/index.ts';
import { Id, RoomId, UserName } from '../../../src-shared/protocol/values/primitives.ts';
import type { InviteRecord, InviteStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const nullableTime = v.nullable(v.number());

const Invite = v.pipe(
  v.object({
    id: Id,
    roomId: RoomId,
    role: InviteRole,
    name: v.nullable(UserName),
    notBefore: nullableTime,
    expires: nullableTime,
    appointment: v.nullable(v.pipe(v.string(), v.parseJson(), Appointment)),
    createdAt: v.number(),
    revokedAt: nullableTime,
  }),
  v.transform(({ name, notBefore, expires, appointment, revokedAt, ...invite }): InviteRecord => ({
    ...invite,
    ...(name !== null && { name }),
    ...(notBefore !== null && { notBefore }),
    ...(expires !== null && { expires }),
    ...(appointment !== null && { appointment }),
    ...(revokedAt !== null && { revokedAt }),
  })),
);

const COLUMNS = `id, room_id AS roomId, role, name, not_before AS notBefore, expires, appointment,
  created_at AS createdAt, revoked_at AS revokedAt`;

export function inviteStore(database: Database): InviteStore {
  const insert = database.prepare(
    `INSERT INTO invites (id, room_id, role, name, not_before, expires, appointment, created_at)
     VALUES (:id, :roomId, :role, :name, :notBefore, :expires, :appointment, :createdAt)`,
  );
  const select = database.prepare(`SELECT ${COLUMNS} FROM invites WHERE id = :id`, Invite);
  const selectAll = database.prepare(`SELECT ${COLUMNS} FROM invites WHERE room_id = :roomId ORDER BY number`, Invite);
  const count = database.prepare(
    'SELECT count(*) AS count FROM invites WHERE room_id = :roomId',
    v.object({ count: v.number() }),
  );
  const revoke = database.prepare('UPDATE invites SET revoked_at = :at WHERE id = :id');
  const findDead = database.prepare(
    `SELECT id FROM invites WHERE room_id = :roomId AND (revoked_at IS NOT NULL OR expires <= :now)
     ORDER BY number LIMIT 1`,
    v.object({ id: Id }),
  );
  const drop = database.prepare('DELETE FROM invites WHERE id = :id');
  const insertUse = database.prepare(
    'INSERT INTO invite_uses (invite_id, user_id, user_name, at) VALUES (:id, :userId, :userName, :at)',
  );
  const trimUses = database.prepare(
    `DELETE FROM invite_uses WHERE invite_id = :id AND number <= (
       SELECT number FROM invite_uses WHERE invite_id = :id ORDER BY number DESC LIMIT 1 OFFSET :max
     )`,
  );
  const selectUses = database.prepare(
    `SELECT user_id AS userId, user_name AS userName, at FROM invite_uses WHERE invite_id = :id ORDER BY number`,
    InviteUse,
  );

  return {
    add({ id, roomId, role, name = null, notBefore = null, expires = null, appointment, createdAt }) {
      const written = appointment ? JSON.stringify(appointment) : null;
      insert.run({ id, roomId, role, name, notBefore, expires, appointment: written, createdAt });
    },
    find: (id) => select.get({ id }),
    of: (roomId) => selectAll.all({ roomId }),
    count: (roomId) => count.get({ roomId })?.count ?? 0,
    revoke(id, at) {
      revoke.run({ id, at });
    },
    use(id, { userId, userName, at }) {
      database.atomically(() => {
        insertUse.run({ id, userId, userName, at });
        trimUses.run({ id, max: MAX_USES_PER_INVITE });
      });
    },
    usesOf: (id) => selectUses.all({ id }),
    forgetDead(roomId, now) {
      const dead = findDead.get({ roomId, now });
      if (dead) drop.run({ id: dead.id });
      return dead !== null;
    },
  };
}
