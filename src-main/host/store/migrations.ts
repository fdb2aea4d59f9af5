import type { DatabaseSync } from 'node:sqlite';

/**
 * How the database came to its present shape: number 1 makes it, each further one changes it. What has
 * been released is never edited; a change is a new entry at the end.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE rooms (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    host_token_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    starts_at INTEGER,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX rooms_ended ON rooms (ended_at);

  -- The id is the hash of the session token. No foreign key on the invite: one that is forgotten
  -- must not turn the seat into one that needs none.
  CREATE TABLE seats (
    id TEXT PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    role TEXT NOT NULL,
    invite_id TEXT
  ) STRICT;
  CREATE INDEX seats_of_room ON seats (room_id);

  -- Visits stay when the seats of an ended room go.
  CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    seat_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    came_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    present INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX visits_of_room ON visits (room_id);
  CREATE INDEX visits_present ON visits (seat_id) WHERE present = 1;

  -- Between seats, not userIds: those can be taken by the next who comes.
  CREATE TABLE messages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    room_id TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    from_seat TEXT NOT NULL,
    to_seat TEXT,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    to_user_id TEXT,
    message TEXT NOT NULL,
    timestamp INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX messages_of_room ON messages (room_id);

  CREATE TABLE invites (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    room_id TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    role TEXT NOT NULL,
    name TEXT,
    not_before INTEGER,
    expires INTEGER,
    appointment TEXT,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT;
  CREATE INDEX invites_of_room ON invites (room_id);

  CREATE TABLE invite_uses (
    number INTEGER PRIMARY KEY,
    invite_id TEXT NOT NULL REFERENCES invites (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX uses_of_invite ON invite_uses (invite_id);
  `,
  // The names of version 0.1.0 give way to those of docs/architecture.md; no data changes.
  `
  ALTER TABLE seats RENAME TO memberships;
  DROP INDEX seats_of_room;
  CREATE INDEX memberships_of_room ON memberships (room_id);

  ALTER TABLE visits RENAME TO attendance;
  ALTER TABLE attendance RENAME COLUMN seat_id TO membership_id;
  ALTER TABLE attendance RENAME COLUMN came_at TO joined_at;
  ALTER TABLE attendance RENAME COLUMN last_at TO last_seen_at;
  DROP INDEX visits_of_room;
  DROP INDEX visits_present;
  CREATE INDEX attendance_of_room ON attendance (room_id);
  CREATE INDEX attendance_present ON attendance (membership_id) WHERE present = 1;

  ALTER TABLE messages RENAME COLUMN from_seat TO from_membership;
  ALTER TABLE messages RENAME COLUMN to_seat TO to_membership;
  `,
  // How long its owner was present decides which membership a room forgets; userIds are looked up at each join.
  `
  ALTER TABLE memberships ADD COLUMN attended_ms INTEGER NOT NULL DEFAULT 0;
  UPDATE memberships SET attended_ms = coalesce(
    (SELECT sum(max(0, last_seen_at - joined_at)) FROM attendance
     WHERE membership_id = memberships.id AND present = 0), 0
  );
  CREATE INDEX memberships_by_attendance ON memberships (room_id, attended_ms);
  CREATE INDEX memberships_of_user ON memberships (room_id, user_id);
  `,
  // The userIds of deleted memberships, so that nobody else is given them. Those deleted so far are known by attendance.
  `
  CREATE TABLE former_user_ids (
    room_id TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO former_user_ids (room_id, user_id)
    SELECT DISTINCT room_id, user_id FROM attendance
    WHERE room_id IN (SELECT id FROM rooms WHERE ended_at IS NULL)
      AND NOT EXISTS (
        SELECT 1 FROM memberships
        WHERE memberships.room_id = attendance.room_id AND memberships.user_id = attendance.user_id
      );
  `,
  // Settings of rooms as JSON; those made before are open to all. Roles that were given, and who was removed.
  `
  ALTER TABLE rooms ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE memberships ADD COLUMN base_role TEXT;
  ALTER TABLE memberships ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
  `,
];

/** The database was written by a later version of the program. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Brings a database to the present shape, one transaction for each step.
 *
 * @throws {NewerDatabaseError} nothing has changed then
 */
export function migrate(sqlite: DatabaseSync, migrations = MIGRATIONS): void {
  const version = Number(sqlite.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > migrations.length) throw new NewerDatabaseError(`The database has version ${version}.`);
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    sqlite.exec('BEGIN IMMEDIATE');
    try {
      sqlite.exec(migration);
      sqlite.exec(`PRAGMA user_version = ${index + 1}`);
      sqlite.exec('COMMIT');
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
      throw error;
    }
  }
}
