/** Opens the database of a data folder: new, of an earlier version, or damaged. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HostError, folderUnusable, systemCode } from '../host-error.ts';
import type { Log } from '../meeting/index.ts';
import { isBusy, isCorruption, isDiskFailure } from './database.ts';
import { migrate, NewerDatabaseError } from './migrations.ts';

const FILE = 'parley.db';
/** What SQLite may keep beside it. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/** How long a host that is just ending may hold the file, ms. */
const BUSY_MS = 2000;

/**
 * Locked for this process alone: two hosts on one folder would each take the other's rooms for their own.
 * In WAL mode a commit survives the end of the process without waiting for the disk; only a failing
 * computer can take the last ones. What is deleted is overwritten.
 */
const SETTINGS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
`;

class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

/**
 * The database in `folder`, made when it is not there; only its owner can read it. A damaged one is
 * set aside under another name, and a fresh one begun.
 *
 * @throws {HostError} DATA_FOLDER_UNUSABLE, DATA_IN_USE, DATA_TOO_NEW
 */
export function openFile(folder: string, log: Log): DatabaseSync {
  const file = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openSound(file, log);
  } catch (error) {
    if (error instanceof NewerDatabaseError) {
      throw new HostError(
        'DATA_TOO_NEW',
        `${file} was written by a newer version of Parley. Install that version, or host from another data folder.`,
        { cause: error },
      );
    }
    if (isBusy(error)) {
      throw new HostError(
        'DATA_IN_USE',
        `Another Parley host is using ${folder}. Close it, or host from another data folder.`,
        { cause: error },
      );
    }
    if (!isDiskFailure(error) && systemCode(error) === undefined) throw error;
    throw folderUnusable(folder, 'meetings', error);
  }
}

/** Whether another host has the database in `folder` open now. Changes nothing. @throws what else keeps it from being read */
export function isInUse(folder: string): boolean {
  const file = join(folder, FILE);
  if (!existsSync(file)) return false;
  // A killed host leaves a log, which is to stay as it is. Without one the database is opened as a host opens it.
  const interrupted = existsSync(`${file}-wal`);
  const index = `${file}-shm`;
  const indexed = existsSync(index);
  const sqlite = new DatabaseSync(file, { readOnly: interrupted, timeout: 0 });
  try {
    if (!interrupted) sqlite.exec('PRAGMA locking_mode = EXCLUSIVE');
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    sqlite.close();
    // Made for reading; no host uses it, because they open the database for themselves alone.
    if (interrupted && !indexed) rmSync(index, { force: true });
  }
}

export function openMemory(): DatabaseSync {
  return prepared(':memory:');
}

function openSound(file: string, log: Log): DatabaseSync {
  makePrivate(file);
  try {
    return prepared(file);
  } catch (error) {
    if (!(error instanceof DamagedError) && !isCorruption(error)) throw error;
    const aside = setAside(file);
    log.warn('The database was damaged and has been set aside; a new one is begun', { file, aside, error });
    makePrivate(file);
    return prepared(file);
  }
}

function prepared(location: string): DatabaseSync {
  const sqlite = new DatabaseSync(location, { timeout: BUSY_MS });
  try {
    sqlite.exec(SETTINGS);
    requireSound(sqlite);
    migrate(sqlite);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Finds damage now, not in the middle of a meeting. */
function requireSound(sqlite: DatabaseSync): void {
  const found = sqlite.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found !== 'ok') throw new DamagedError(String(found));
}

/** SQLite gives the files beside it the same rights. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

/** Where the file has gone. */
function setAside(file: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const companion of COMPANIONS) {
    if (existsSync(file + companion)) renameSync(file + companion, aside + companion);
  }
  renameSync(file, aside);
  return aside;
}
