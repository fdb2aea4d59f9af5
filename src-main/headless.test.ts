import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { io, type Socket } from 'socket.io-client';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type ClientToServer,
  CreatedRoom,
  HostInfo,
  NAMESPACE,
  type ServerToClient,
} from '../src-shared/protocol/index.ts';

const HEADLESS = join(import.meta.dirname, 'headless.ts');
const Listening = v.strictObject({
  event: v.literal('listening'),
  url: v.pipe(v.string(), v.startsWith('https://')),
  port: v.number(),
  fingerprint: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
});

let data: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'parley-headless-'));
});
afterAll(() => rm(data, { recursive: true }));
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The host as a program, with what it writes and how it ends. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [HEADLESS, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  children.push(child);
  const reader = createInterface({ input: child.stdout });
  const lines: string[] = [];
  reader.on('line', (line) => lines.push(line));
  const errors = text(child.stderr);
  const end = once(child, 'close').then(async ([code, signal]) => ({
    code: (code ?? signal) as number | NodeJS.Signals,
    errors: await errors,
  }));
  /** The line that matches, as soon as it is written. */
  const on = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      reader.on('line', (line) => pattern.test(line) && resolve(line));
      end.then(({ errors: why }) => reject(new Error(why)), reject);
    });
  return { child, end, lines, on };
}

async function hosting(...args: string[]) {
  const program = run('--json', '--port', '0', '--no-announce', '--data', data, ...args);
  return { ...program, ...v.parse(Listening, JSON.parse(await program.on(/./))) };
}

/** Asks the host over loopback. */
async function ask(port: number, path: string, body?: object) {
  const call = request({
    ...{ host: '127.0.0.1', port, path, rejectUnauthorized: false, agent: false },
    ...(body && { method: 'POST', headers: { 'content-type': 'application/json' } }),
  });
  call.end(body && JSON.stringify(body));
  const [response] = (await once(call, 'response')) as [NodeJS.ReadableStream];
  return JSON.parse(await text(response)) as unknown;
}

/** Each starts one or two processes, on machines that do much else. */
const options = { timeout: 60_000 };

describe('hosting', options, () => {
  test('writes one line for programs, answers, and keeps its key', async () => {
    const { child, end, port, fingerprint, lines } = await hosting('--name', 'Reception');
    expect(v.parse(HostInfo, await ask(port, '/api/host'))).toMatchObject({
      name: 'Reception',
      fingerprint,
      mayCreateRooms: true,
    });
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 0 });
    expect(lines).toHaveLength(1);

    const again = await hosting();
    expect(again.fingerprint).toBe(fingerprint);
  });

  test('reads its config file', async () => {
    const file = join(data, 'hosting.toml');
    await writeFile(file, 'port = 0\nname = "Reading room"\ncreate = "local"\njson = true\n');
    const { on } = run('--config', file, '--data', data);
    const { port } = v.parse(Listening, JSON.parse(await on(/./)));
    expect(v.parse(HostInfo, await ask(port, '/api/host'))).toMatchObject({ name: 'Reading room' });
  });

  test('its owner lists and ends meetings from the same computer', async () => {
    const { child, end, port } = await hosting();
    const { roomId } = v.parse(CreatedRoom, await ask(port, '/api/rooms', { hostName: 'Mira' }));
    const listed = run('rooms', '--data', data);
    expect(await listed.end).toEqual({ code: 0, errors: '' });
    expect(listed.lines).toEqual([
      expect.stringMatching(/^ROOM +PEOPLE +NAME$/),
      expect.stringMatching(new RegExp(`^${roomId} +0 +Mira's meeting$`)),
    ]);
    expect(await run('end', roomId, '--data', data).end).toEqual({ code: 0, errors: '' });
    expect(await run('end', roomId, '--data', data).end).toEqual({
      code: 1,
      errors: `There is no meeting ${roomId}; \`parley rooms\` lists them.\n`,
    });
    const none = run('rooms', '--data', data);
    await none.end;
    expect(none.lines).toEqual(['There are no meetings.']);
    child.kill('SIGTERM');
    await end;
    expect(await run('rooms', '--data', data).end).toEqual({
      code: 1,
      errors: `No host is running with the data folder ${data}. If it has another one, name it with --data or --config.\n`,
    });
  });

  test('somebody who reads nothing does not keep it from ending', async () => {
    const { child, end, port } = await hosting();
    const silent = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
    await once(silent, 'secureConnect');
    silent.pause();
    silent.write('GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    const began = performance.now();
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0 });
    expect(performance.now() - began).toBeLessThan(10_000);
    silent.destroy();
  });

  test.each([
    ['Ctrl+C in its terminal, which reaches its media processes too,', 'SIGINT', -1, 'websocket'],
    ['SIGTERM', 'SIGTERM', 1, 'websocket'],
    ['SIGTERM, also those without a WebSocket,', 'SIGTERM', 1, 'polling'],
  ] as const)('%s tells the people in it and ends it', async (_, signal, whom, transport) => {
    const { child, end, port } = await hosting();
    const { roomId } = v.parse(CreatedRoom, await ask(port, '/api/rooms', { hostName: 'Mira' }));
    const socket: Socket<ServerToClient, ClientToServer> = io(`https://127.0.0.1:${port}${NAMESPACE}`, {
      ...{ transports: [transport], rejectUnauthorized: false, forceNew: true, reconnection: false },
    });
    try {
      expect(await socket.emitWithAck('joinRoom', { roomId, userName: 'Mira' })).toMatchObject({ success: true });
      const told = new Promise((resolve) => socket.once('roomClosed', resolve));
      process.kill(whom * (child.pid ?? 0), signal);
      expect(await told).toEqual({ reason: 'The host has ended the meeting.' });
      expect(await end).toMatchObject({ code: 0 });
    } finally {
      socket.close();
    }
  });

  test('shows a person link, words and how to end it', async () => {
    const { child, end, lines, on } = run(
      '--no-announce',
      '--port',
      '0',
      '--data',
      data,
      '--address',
      '127.0.0.1',
      '--name',
      'Reception',
    );
    await on(/Ctrl\+C ends the host/);
    const shown = lines.join('\n');
    expect(shown).toMatch(/Reception is hosting/);
    expect(shown).toMatch(/https:\/\/127\.0\.0\.1:\d+\n/);
    expect(shown).toMatch(/if the page shows:( [a-z]+){6}\n/);
    child.kill('SIGINT');
    expect((await end).code).toBe(0);
  });
});

describe('what is no host', options, () => {
  test('the config that counts', async () => {
    const file = join(data, 'parley.toml');
    await writeFile(file, 'port = 8443\ncert = "chain.pem"\nkey = "key.pem"\n');
    const asked = run('--config', file, '--name', 'Reception', '--print-config');
    expect(await asked.end).toEqual({ code: 0, errors: '' });
    expect(asked.lines).toEqual(
      expect.arrayContaining([
        `port = 8443  # from ${file}`,
        'name = "Reception"  # from --name',
        `cert = "${join(data, 'chain.pem')}"  # from ${file}`,
      ]),
    );
  });

  test('help and version', async () => {
    const help = run('--help');
    expect((await help.end).code).toBe(0);
    expect(help.lines.join('\n')).toContain('--port N');
    const version = run('--version');
    expect((await version.end).code).toBe(0);
    expect(version.lines).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  });

  test('a wrong option: one sentence, exit code 2', async () => {
    expect(await run('--port', 'many').end).toEqual({
      code: 2,
      errors: '--port takes a number from 0 to 65535, not "many".\n',
    });
  });

  test('--check says in one line each what would keep guests from joining, and by its exit code', async () => {
    const cert = join(data, 'nowhere.pem');
    const args = ['--check', '--port', '0', '--data', data];
    const bad = run(...args, '--cert', cert, '--key', cert, '--address', '127.0.0.1');
    expect((await bad.end).code).toBe(1);
    expect(bad.lines).toContainEqual(expect.stringMatching(/^problem {2}.*nowhere\.pem cannot be read/));
    expect(bad.lines).toContain('problem  address: 127.0.0.1: only this computer itself can use it.');
    const lines = [`ok       The data folder ${data} can be written.`, 'ok       The media process starts.'];
    expect(bad.lines).toEqual(expect.arrayContaining(lines));
  });

  test('a busy port: one sentence, exit code 1', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, errors } = await run('--port', String(port), '--data', data).end;
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `Port ${port} is in use: Parley may be hosting already, or another program has it. Close that, or choose another port.\n`,
    });
    other.close();
  });

  test('a data folder that is a file: one sentence, exit code 1', async () => {
    const file = join(data, 'file');
    await writeFile(file, '');
    const { code, errors } = await run('--port', '0', '--data', file).end;
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^Parley cannot keep its certificate in .+\. Make the folder writable, or choose another\.\n$/,
    );
  });
});
