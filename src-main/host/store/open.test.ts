import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_TO_ALL } from '../meeting/ports.ts';
import { HostError } from '../host-error.ts';
import type { Store } from '../meeting/ports.ts';
import { openStore, storeOn } from './index.ts';
import { MIGRATIONS, migrate } from './migrations.ts';
import { openMemory } from './open.ts';

const room = { id: 'one', name: 'Room', hostTokenHash: 'hash', createdAt: 1, startsAt: null, settings: OPEN_TO_ALL };

let folder: string;
let file: string;
let warnings: string[];
let opened: Store[];

const open = () => {
  const warn = (message: string) => void warnings.push(message);
  const store = openStore({ folder, log: { info: () => undefined, warn, error: warn } });
  opened.push(store);
  return store;
};
const failure = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'parley-open-')), 'data');
  file = join(folder, 'parley.db');
  warnings = [];
  opened = [];
});

afterEach(() => {
  for (const store of opened) store.close();
  rmSync(join(folder, '..'), { recursive: true });
});

describe('the file', () => {
  it('is for its owner alone, as is its folder, whatever is beside it', () => {
    open().rooms.add(room);
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(folder)).toBe('700');
    const files = readdirSync(folder);
    expect(files).toContain('parley.db-wal');
    for (const name of files) expect([name, mode(join(folder, name))]).toEqual([name, '600']);
  });

  it('is found again as it was left', () => {
    const first = open();
    first.rooms.add(room);
    first.close();
    first.close();
    expect(open().rooms.open()).toMatchObject([room]);
    expect(warnings).toEqual([]);
  });

  it('is one host’s at a time', { timeout: 10_000 }, () => {
    open().rooms.add(room);
    const error = failure(open);
    expect(error).toBeInstanceOf(HostError);
    expect(error).toMatchObject({ code: 'DATA_IN_USE', message: expect.stringContaining(folder) as string });
  });

  it('that cannot be written is a sentence', () => {
    writeFileSync(join(folder, '..', 'file'), '');
    folder = join(folder, '..', 'file', 'data');
    expect(failure(open)).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
    folder = join(folder, '..', '..', 'data');
  });

  it('of a newer version is refused, and left as it is', () => {
    open().close();
    const sqlite = new DatabaseSync(file);
    sqlite.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    sqlite.close();
    const before = readFileSync(file);
    expect(failure(open)).toMatchObject({
      code: 'DATA_TOO_NEW',
      message: expect.stringMatching(/newer version/) as string,
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it.each([
    ['is no database', () => writeFileSync(file, 'not a database, but long enough to look like one'.repeat(100))],
    [
      'has lost a page',
      () => {
        const damaged = readFileSync(file);
        damaged.fill(0xaa, 4096, 3 * 4096);
        writeFileSync(file, damaged);
      },
    ],
  ])('that %s is set aside whole, and a new one begun', (_what, damage) => {
    const first = open();
    first.rooms.add(room);
    first.close();
    damage();
    const before = readFileSync(file);
    const store = open();
    expect(store.rooms.open()).toEqual([]);
    store.rooms.add(room);
    const aside = readdirSync(folder).filter((name) => name.includes('damaged'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(folder, aside[0] ?? ''))).toEqual(before);
    expect(warnings).toHaveLength(1);
  });
});

describe('migrations', () => {
  it('run once each, in order, from whichever version the file has', () => {
    const sqlite = new DatabaseSync(':memory:');
    migrate(sqlite, ['CREATE TABLE first (x INTEGER)']);
    migrate(sqlite, ['CREATE TABLE first (x INTEGER)', 'ALTER TABLE first ADD COLUMN y INTEGER']);
    migrate(sqlite, ['CREATE TABLE first (x INTEGER)', 'ALTER TABLE first ADD COLUMN y INTEGER']);
    expect(sqlite.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 2 });
    expect(sqlite.prepare('PRAGMA table_info(first)').all()).toHaveLength(2);
    sqlite.close();
  });

  it('keep the userIds of memberships that an open room had deleted before', () => {
    const sqlite = new DatabaseSync(':memory:');
    migrate(sqlite, MIGRATIONS.slice(0, 3));
    sqlite.exec(`
      INSERT INTO rooms (id, name, host_token_hash, created_at, ended_at) VALUES ('one', 'One', 'h', 1, NULL), ('two', 'Two', '', 1, 2);
      INSERT INTO memberships (id, room_id, user_id, user_name, role) VALUES ('b', 'one', 'bo', 'Bo', 'host');
      INSERT INTO attendance (room_id, membership_id, user_id, user_name, joined_at, last_seen_at, present) VALUES
        ('one', 'a', 'ada', 'Ada', 1, 2, 0), ('one', 'c', 'ada', 'Ada', 2, 3, 0), ('one', 'b', 'bo', 'Bo', 1, 2, 0),
        ('two', 'd', 'dee', 'Dee', 1, 2, 0);
    `);
    migrate(sqlite);
    expect(sqlite.prepare('SELECT * FROM former_user_ids').all()).toEqual([
      expect.objectContaining({ room_id: 'one', user_id: 'ada' }),
    ]);
    sqlite.close();
  });

  it('that fail change nothing', () => {
    const sqlite = new DatabaseSync(':memory:');
    const broken = ['CREATE TABLE first (x INTEGER)', 'CREATE TABLE second (x INTEGER); SELECT nonsense'];
    expect(() => migrate(sqlite, broken)).toThrow();
    expect(sqlite.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 1 });
    expect(sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).toEqual([
      expect.objectContaining({ name: 'first' }),
    ]);
    sqlite.close();
  });
});

describe('a full disk', () => {
  it('is told to the one who asked, changes nothing, and passes', () => {
    const sqlite = openMemory();
    const store = storeOn(sqlite);
    opened.push(store);
    store.rooms.add(room);
    sqlite.exec('PRAGMA max_page_count = 1');
    const sendMessage = () =>
      store.chat.add(
        'one',
        { id: 'm', userId: 'a', userName: 'A', message: 'x'.repeat(4000), timestamp: 1 },
        { from: 'a', to: null },
      );
    const burst = () => {
      for (let index = 0; index < 100; index++) store.atomically(sendMessage);
    };
    expect(failure(burst)).toMatchObject({
      name: 'ProtocolError',
      code: 'FULL',
      message: 'The host could not write this down: its disk is full or failing. Try again once there is space.',
    });
    const before = store.chat.latest('one', 'a', 500).length;
    const both = () =>
      store.atomically(() => {
        store.memberships.setRole('nobody', 'viewer');
        sendMessage();
        sendMessage();
      });
    expect(failure(both)).toMatchObject({ code: 'FULL' });
    expect(store.chat.latest('one', 'a', 500)).toHaveLength(before);
    sqlite.exec('PRAGMA max_page_count = 1000000');
    sendMessage();
    expect(store.chat.latest('one', 'a', 500)).toHaveLength(before + 1);
  });
});
