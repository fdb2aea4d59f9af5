import * as v from 'valibot';
import { MAX_CHAT_HISTORY } from '../../../src-shared/limits.ts';
import { ChatMessage } from '../../../src-shared/protocol/index.ts';
import { Id } from '../../../src-shared/protocol/values/primitives.ts';
import type { ChatStore } from '../meeting/ports.ts';
import type { Database } from './database.ts';

const Message = v.pipe(
  v.object({ ...ChatMessage.entries, to: v.nullable(Id) }),
  v.transform(({ to, ...message }) => ({ ...message, ...(to !== null && { to }) })),
);

export function chatStore(database: Database): ChatStore {
  const insert = database.prepare(
    `INSERT INTO messages (id, room_id, from_membership, to_membership, user_id, user_name, to_user_id, message, timestamp)
     VALUES (:id, :roomId, :from, :toMembership, :userId, :userName, :to, :message, :timestamp)`,
  );
  const trim = database.prepare(
    `DELETE FROM messages WHERE room_id = :roomId AND number <= (
       SELECT number FROM messages WHERE room_id = :roomId ORDER BY number DESC LIMIT 1 OFFSET :max
     )`,
  );
  const select = database.prepare(
    `SELECT id, user_id AS userId, user_name AS userName, message, timestamp, to_user_id AS "to"
     FROM messages
     WHERE room_id = :roomId AND (to_user_id IS NULL OR :membershipId IN (from_membership, to_membership))
     ORDER BY number DESC LIMIT :count`,
    Message,
  );

  return {
    add(roomId, { id, userId, userName, message, timestamp, to = null }, between) {
      database.atomically(() => {
        insert.run({
          id,
          roomId,
          userId,
          userName,
          to,
          message,
          timestamp,
          from: between.from,
          toMembership: between.to,
        });
        trim.run({ roomId, max: MAX_CHAT_HISTORY });
      });
    },
    latest: (roomId, membershipId, count) => select.all({ roomId, membershipId, count }).reverse(),
  };
}
