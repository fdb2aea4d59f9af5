import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../host/meeting/index.ts';
import { answeredOf, type LiveHost, startLiveHost } from '../../host/testing.ts';
import { MAX_CONTROL_CONNECTIONS } from '../../../src-shared/limits.ts';
import { askForRooms, askToEnd, describeRooms } from './client.ts';
import { socketPath } from './messages.ts';
import { openControl } from './server.ts';

const warnings: string[] = [];
const log: Log = { info: () => undefined, warn: (message) => warnings.push(message), error: () => undefined };

let live: LiveHost;
let folder: string;
let close: () => void;
beforeEach(async () => {
  warnings.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'parley-control-'));
  live = await startLiveHost();
  close = await openControl(live.host, folder, log);
});
afterEach(async () => {
  close();
  await live.close();
  await rm(folder, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('the socket in the data folder', () => {
  test('lists rooms and ends one: its people are told', async () => {
    expect(await askForRooms(folder)).toEqual([]);
    const [first, second] = [await live.makeRoom(), await live.makeRoom()];
    const ada = live.connect();
    await ada.join(first.roomId, 'Ada');
    expect(await askForRooms(folder)).toEqual([
      { roomId: first.roomId, name: "Ada's meeting", participants: 1, scheduled: false },
      { roomId: second.roomId, name: "Ada's meeting", participants: 0, scheduled: false },
    ]);
    expect(await askToEnd(folder, first.roomId)).toBe(true);
    expect(await ada.next('roomClosed')).toEqual({ reason: 'The host has ended the meeting.' });
    expect((await askForRooms(folder)).map(({ roomId }) => roomId)).toEqual([second.roomId]);
    expect(await askToEnd(folder, first.roomId)).toBe(false);
    expect(await askToEnd(folder, '../rooms')).toBe(false);
  });

  test('is its owner’s alone, also where the folder is open to others', async () => {
    close();
    await chmod(folder, 0o755);
    close = await openControl(live.host, folder, log);
    expect((await stat(socketPath(folder))).mode & 0o777).toBe(0o600);
    // Other files of the process are made as before.
    const file = join(folder, 'another');
    await writeFile(file, '', { mode: 0o644 });
    expect((await stat(file)).mode & 0o777).toBe(0o644);
  });

  test('is opened again where a host was killed, and is gone with its host', async () => {
    close();
    await expect(askForRooms(folder)).rejects.toMatchObject({ code: 'NOT_RUNNING' });
    await writeFile(socketPath(folder), 'left behind');
    await expect(askForRooms(folder)).rejects.toMatchObject({ code: 'NOT_RUNNING' });
    close = await openControl(live.host, folder, log);
    expect(await askForRooms(folder)).toEqual([]);
  });

  test('takes so many connections', async () => {
    expect(await answeredOf(MAX_CONTROL_CONNECTIONS + 1, { path: socketPath(folder) })).toBe(MAX_CONTROL_CONNECTIONS);
  });

  test('a path that is too long for a socket does not keep the host from hosting', async () => {
    const deep = join(folder, 'x'.repeat(120));
    const closeNone = await openControl(live.host, deep, log);
    expect(warnings).toEqual(['Rooms cannot be listed or ended from the command line']);
    closeNone();
    await expect(askForRooms(deep)).rejects.toMatchObject({ name: 'ControlError', code: 'NOT_RUNNING' });
  });
});

test('rooms are columns, and a name cannot command the terminal', () => {
  expect(
    describeRooms([
      { roomId: 'ab12cd34', name: 'Class 7b\u001b[2J', participants: 12, scheduled: true },
      { roomId: 'x', name: 'Lunch', participants: 3, scheduled: false },
    ]),
  ).toBe('ROOM      PEOPLE  NAME\nab12cd34      12  Class 7b [2J (scheduled)\nx              3  Lunch\n');
});
