/** A real host process, killed without warning, and the next one on the same data folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { SignJWT } from 'jose';
import { io } from 'socket.io-client';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MAX_CHAT_HISTORY } from '../../../src-shared/limits.ts';
import { CreatedInvite, CreatedRoom, InviteList, NAMESPACE } from '../../../src-shared/protocol/index.ts';
import { openStore } from '../store/index.ts';
import { LivePerson } from '../testing.ts';
import { loadTokens } from '../tokens/index.ts';

const HEADLESS = join(import.meta.dirname, '..', '..', 'headless.ts');
const Listening = v.object({ port: v.number() });
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** It starts two hosts, on machines that do much else. */
const options = { timeout: 60_000 };

let folder: string;
const processes: ChildProcess[] = [];
const participants: LivePerson[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-restart-'));
});

afterEach(async () => {
  for (const participant of participants.splice(0)) participant.socket.disconnect();
  for (const child of processes.splice(0)) await kill(child);
  await rm(folder, { recursive: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function startProcess() {
  const child = spawn(process.execPath, [HEADLESS, '--json', '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  processes.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { port } = v.parse(Listening, JSON.parse(line));

  const ask = async (
    path: string,
    { method = 'GET', token = '', body }: { method?: string; token?: string; body?: object } = {},
  ) => {
    const asking = request({
      ...{ host: '127.0.0.1', port, path, method, rejectUnauthorized: false, agent: false },
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
    });
    asking.end(body && JSON.stringify(body));
    const [reply] = (await once(asking, 'response')) as [NodeJS.ReadableStream];
    const content = await text(reply);
    return content === '' ? null : (JSON.parse(content) as unknown);
  };
  const connect = () => {
    const url = `https://127.0.0.1:${port}${NAMESPACE}`;
    const transports = ['websocket'];
    const participant = new LivePerson(
      io(url, { rejectUnauthorized: false, forceNew: true, reconnection: false, transports }),
    );
    participants.push(participant);
    return participant;
  };
  return { child, ask, connect };
}

it('forgets nothing that it has acknowledged, nor who is who', options, async () => {
  const first = await startProcess();
  const room = v.parse(CreatedRoom, await first.ask('/api/rooms', { method: 'POST', body: { hostName: 'Ada' } }));
  const { roomId, hostToken } = room;
  const invite = async (body: object) =>
    v.parse(CreatedInvite, await first.ask(`/api/rooms/${roomId}/invites`, { method: 'POST', token: hostToken, body }));
  const coHost = await invite({ role: 'co-host', name: 'Bo of the office' });
  const revoked = await invite({ role: 'participant' });
  const early = await invite({ role: 'participant', notBefore: Date.now() + 3_600_000 });
  await first.ask(`/api/rooms/${roomId}/invites/${revoked.id}`, { method: 'DELETE', token: hostToken });

  const ada = first.connect();
  const bo = first.connect();
  const adaIn = await ada.ask('joinRoom', { roomId, userName: 'Ada', userId: 'ada', token: hostToken });
  const boIn = await bo.ask('joinRoom', { roomId, userName: 'Bo', userId: 'bo', token: coHost.token });
  expect(boIn.role).toBe('co-host');
  await ada.ask('sendMessage', { roomId, message: 'only for Bo', to: 'bo' });

  // In the middle of a burst, as soon as some are acknowledged, the process is gone.
  const acknowledged: string[] = [];
  for (let index = 0; index < 200; index++) {
    ada.ask('sendMessage', { roomId, message: `message ${index}` }).then(
      ({ messageId }) => {
        acknowledged.push(messageId);
        if (acknowledged.length === 20) first.child.kill('SIGKILL');
      },
      () => undefined,
    );
  }
  await ada.disconnected();
  await kill(first.child);
  expect(acknowledged.length).toBeGreaterThanOrEqual(20);

  const store = openStore({ folder, log });
  const tokens = await loadTokens({ folder });
  const kept = store.chat.latest(roomId, tokens.hash(adaIn.sessionToken), MAX_CHAT_HISTORY).map(({ id }) => id);
  store.close();
  expect(kept).toEqual(expect.arrayContaining(acknowledged));

  const second = await startProcess();
  const again = (sessionToken: string, token?: string) =>
    second
      .connect()
      .ask('joinRoom', { roomId, userName: 'Again', sessionToken, ...(token !== undefined && { token }) });
  const boAgain = await again(boIn.sessionToken, coHost.token);
  expect(boAgain).toMatchObject({ userId: 'bo', role: 'co-host', room: { name: "Ada's meeting" } });
  expect(boAgain.participants[0]?.userName).toBe('Bo of the office');
  const adaAgain = await again(adaIn.sessionToken);
  expect(adaAgain).toMatchObject({ userId: 'ada', role: 'host', sessionToken: adaIn.sessionToken });
  expect(adaAgain.messages.map(({ id }) => id)).toEqual(kept.slice(-adaAgain.messages.length));

  const listed = await second.ask(`/api/rooms/${roomId}/invites`, { token: hostToken });
  const uses = v.parse(InviteList, listed).invites.find(({ id }) => id === coHost.id)?.uses;
  expect(uses?.map(({ userId }) => userId)).toEqual(['bo', 'bo']);

  const other = v.parse(CreatedRoom, await second.ask('/api/rooms', { method: 'POST', body: { hostName: 'Cy' } }));
  const [header = '', payload = ''] = coHost.token.split('.');
  const none = Buffer.from('{"alg":"none","typ":"parley-invite+jwt"}').toString('base64url');
  const key = new Uint8Array(32).fill(9);
  const forged = new SignJWT({ room: roomId, role: 'host', jti: coHost.id, iss: 'parley' });
  const bad = {
    revoked: revoked.token,
    expired: await tokens.sign({ id: coHost.id, roomId, role: 'co-host', expires: 1_700_000_000_000 }),
    early: early.token,
    tampered: `${header}.${payload.slice(0, -2)}AA.${coHost.token.split('.')[2] ?? ''}`,
    'alg none': `${none}.${payload}.`,
    'other key': await forged.setProtectedHeader({ alg: 'HS256', typ: 'parley-invite+jwt' }).sign(key),
    'host token of another room': other.hostToken,
  };
  const refusal = (roomIdAsked: string, token: string) =>
    second
      .connect()
      .ask('joinRoom', { roomId: roomIdAsked, userName: 'Eve', token })
      .then(
        () => 'let in',
        (error: unknown) => error,
      );
  const unknown = await refusal('nowhere', coHost.token);
  expect(unknown).toMatchObject({ code: 'NOT_FOUND' });
  for (const [kind, token] of Object.entries(bad)) {
    expect([kind, await refusal(roomId, token)]).toEqual([kind, unknown]);
  }
  expect(await refusal(other.roomId, coHost.token)).toEqual(unknown);
});
