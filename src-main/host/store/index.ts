/** What a host remembers, in SQLite: in a file of its data folder, or for tests in memory. */
import type { DatabaseSync } from 'node:sqlite';
import type { Log } from '../meeting/index.ts';
import type { Store } from '../meeting/ports.ts';
import { chatStore } from './chat.ts';
import { Database } from './database.ts';
import { inviteStore } from './invites.ts';
import { openFile, openMemory } from './open.ts';
import { roomStore } from './rooms.ts';
import { membershipStore } from './memberships.ts';
import { attendanceStore } from './attendance.ts';

/** @throws {HostError} DATA_FOLDER_UNUSABLE, DATA_IN_USE, DATA_TOO_NEW */
export function openStore({ folder, log }: { folder: string; log: Log }): Store {
  return storeOn(openFile(folder, log));
}

/** One that forgets everything when it is closed. */
export function openMemoryStore(): Store {
  return storeOn(openMemory());
}

export function storeOn(sqlite: DatabaseSync): Store {
  const database = new Database(sqlite);
  return {
    rooms: roomStore(database),
    memberships: membershipStore(database),
    attendance: attendanceStore(database),
    chat: chatStore(database),
    invites: inviteStore(database),
    atomically: (work) => database.atomically(work),
    close: () => database.close(),
  };
}
