/** Every kind of bad token at every way in that takes one: one and the same answer, byte for byte. */
import { SignJWT, decodeJwt, decodeProtectedHeader } from 'jose';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { Host } from '../fixtures/host.ts';
import { expect, test } from '../fixtures/test.ts';
import { Attendee } from './clients/attendee.ts';
import { HttpClient } from './clients/http.ts';
import { PlainWebSocketClient } from './clients/plain-websocket.ts';
import { SocketIoClient } from './clients/socket-io.ts';
import { connected, makeRoom } from './meeting.ts';
import { type Reply, fieldsOf, outcomeOf, text } from './reply.ts';
import { rtpCapabilities } from './rtp.ts';

let host: Host;
let http: HttpClient;
let room: { roomId: string; hostToken: string };
/** Each is bad in its own way, for a meeting. */
let bad: Record<string, string>;
let good: string;

test.beforeAll(async () => {
  host = await Host.start();
  http = await HttpClient.of(host.url);
  room = await makeRoom(http);
  const other = await makeRoom(http);
  const now = Date.now();
  const participant = { role: 'participant' };
  good = (await invite(room, participant)).token;
  const revoked = await invite(room, participant);
  await http.ask('DELETE', `/api/rooms/${room.roomId}/invites/${revoked.id}`, { token: room.hostToken });
  const expiring = (await invite(room, { ...participant, expires: Date.now() + 1000 })).token;
  const [header = '', payload = '', signature = ''] = good.split('.');
  const altered = encode({ ...decodeJwt(good), role: 'host' });
  const unsigned = encode({ ...decodeProtectedHeader(good), alg: 'none' });
  const forged = new SignJWT(decodeJwt(good)).setProtectedHeader({
    typ: 'JWT',
    ...decodeProtectedHeader(good),
    alg: 'HS256',
  });
  bad = {
    expired: expiring,
    early: (await invite(room, { ...participant, notBefore: now + 3_600_000 })).token,
    revoked: revoked.token,
    'with another content': `${header}.${altered}.${signature}`,
    'with another signature': `${header}.${payload}.${signature.split('').reverse().join('')}`,
    'without a signature': `${header}.${payload}.`,
    'of alg none': `${unsigned}.${payload}.`,
    'of alg none, and signed': `${unsigned}.${payload}.${signature}`,
    'signed with another key': await forged.sign(new Uint8Array(32).fill(7)),
    'that is no token': 'a.b.c',
    'that is empty but for its dots': '..',
    'that is the host token of another room': other.hostToken,
    'of another room': (await invite(other, participant)).token,
    'for a desk': (await invite(room, { role: 'professional' })).token,
  };
  await expect.poll(async () => outcomeOf(await validate(expiring)), { message: 'it expires' }).toBe('NOT_FOUND');
});

test.afterAll(async () => {
  await http.close();
  await host.dispose();
});

const encode = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');

async function invite(
  { roomId, hostToken: token }: typeof room,
  input: object,
): Promise<{ id: string; token: string }> {
  const { reply } = await http.ask('POST', `/api/rooms/${roomId}/invites`, { input, token });
  const made = fieldsOf(reply);
  return { id: text(made, 'id'), token: text(made, 'token') };
}

async function validate(token: string): Promise<Reply> {
  return (await http.ask('POST', '/api/validate-link', { input: { token } })).reply;
}

/** What `ask` is answered, by a client who goes again. */
async function overSocketIo(auth: object, ask: (client: SocketIoClient) => Promise<Reply>): Promise<Reply> {
  const client = await connected(host.url, { ...auth });
  const reply = await ask(client);
  await client.ask('leaveRoom');
  client.socket.disconnect();
  return reply;
}

type WayIn = (token: string, roomId: string) => Promise<Reply>;

/** The ways into a room that take a token with it. */
const INTO_A_ROOM: Record<string, WayIn> = {
  joinRoom: (token, roomId) => overSocketIo({}, (client) => client.ask('joinRoom', { roomId, userName: 'Eve', token })),
  'joinRoom, with the token given at connect': (token, roomId) =>
    overSocketIo({ token }, (client) => client.ask('joinRoom', { roomId, userName: 'Eve' })),
  prepare: (token, roomId) => overSocketIo({}, (client) => client.ask('prepare', { roomId, token, rtpCapabilities })),
  'prepare, with the token given at connect': (token, roomId) =>
    overSocketIo({ token }, (client) => client.ask('prepare', { roomId, rtpCapabilities })),
  '/ws': async (token, roomId) => {
    const client = await PlainWebSocketClient.connect(host.url);
    const reply = await client.ask('join', { roomId, userName: 'Eve', token });
    client.close();
    return reply;
  },
};

/** Those where the token alone says what it is for; there a token of another room, or for a desk, is good. */
const BY_ITSELF: Record<string, WayIn> = {
  'validate-link': validate,
  'a desk': async (token) => {
    const client = await SocketIoClient.connect(host.url, '/', { token });
    if (!(client instanceof SocketIoClient)) return { ok: false, failure: client };
    client.socket.disconnect();
    return { ok: true, fields: {} };
  },
};
const FOR_OTHERS = ['of another room', 'for a desk'];

/** Byte for byte what every one of them is answered, by every way in. */
let answered: string | null = null;

function expectAlike(replies: readonly (readonly [kind: string, reply: Reply])[]): void {
  for (const [kind, reply] of replies) {
    const written = JSON.stringify(reply);
    answered ??= written;
    expect([kind, written]).toEqual([kind, answered]);
    expect(outcomeOf(reply)).toBe('NOT_FOUND');
  }
}

for (const [way, ask] of Object.entries(INTO_A_ROOM)) {
  test(`${way}: every bad token is answered like a room that is not there`, async () => {
    expect(outcomeOf(await ask(good, room.roomId))).toBe('ok');
    expect(outcomeOf(await ask(room.hostToken, room.roomId))).toBe('ok');
    const replies: [string, Reply][] = [['a room that is not there', await ask(good, 'nowhere')]];
    for (const [kind, token] of Object.entries(bad)) replies.push([kind, await ask(token, room.roomId)]);
    expectAlike(replies);
  });
}

for (const [way, ask] of Object.entries(BY_ITSELF)) {
  test(`${way}: every bad token is answered alike`, async () => {
    expect(outcomeOf(await ask(good, ''))).toBe('ok');
    const replies: [string, Reply][] = [];
    for (const [kind, token] of Object.entries(bad)) {
      if (!FOR_OTHERS.includes(kind)) replies.push([kind, await ask(token, '')]);
    }
    expectAlike(replies);
  });
}

test('the calls about invites: every bad host token is answered like a room that is not there', async () => {
  const ask = async (token: string, roomId: string) =>
    (await http.ask('GET', `/api/rooms/${roomId}/invites`, { token })).reply;
  const replies: [string, Reply][] = [['a room that is not there', await ask(room.hostToken, 'nowhere')]];
  for (const [kind, token] of Object.entries({ ...bad, 'that is an invite': good })) {
    replies.push([kind, await ask(token, room.roomId)]);
  }
  expectAlike(replies);
});

test('a sessionToken is worth no more than the invite it came by', async () => {
  const { id, token } = await invite(room, { role: 'participant' });
  const first = await connected(host.url);
  const joined = fieldsOf(await first.ask('joinRoom', { roomId: room.roomId, userName: 'Eve', token }));
  await first.ask('leaveRoom');
  first.socket.disconnect();
  const again = () =>
    overSocketIo({}, (client) =>
      client.ask('joinRoom', { roomId: room.roomId, userName: 'Eve', sessionToken: joined['sessionToken'] }),
    );
  expect(outcomeOf(await again())).toBe('ok');
  await http.ask('DELETE', `/api/rooms/${room.roomId}/invites/${id}`, { token: room.hostToken });
  expectAlike([['revoked', await again()]]);
});

test('the HTTP media API: every bad token of an attendee is answered alike', async () => {
  const gone = new Attendee(host.url, http);
  await gone.reserve(room.roomId, 'Eve');
  await gone.leave();
  const tokens = {
    ...bad,
    'of somebody who left': gone.token,
    'that is an invite': good,
    'of the host': room.hostToken,
  };
  const bodies = new Map<string, string>();
  for (const [kind, token] of Object.entries(tokens)) {
    const { status, body } = await http.ask('GET', '/api/media/rooms/producers', { token });
    bodies.set(kind, `${status} ${body}`);
    bodies.set(`${kind}, at the events`, await refusedUpgrade(`/api/media/events?token=${token}`));
  }
  bodies.set('none', await refusedUpgrade('/api/media/events'));
  const [first = ''] = bodies.values();
  expect(first).toContain('UNAUTHORIZED');
  expect([...bodies]).toEqual([...bodies.keys()].map((kind) => [kind, first]));
});

/** Status and body with which HTTP refuses a WebSocket. */
async function refusedUpgrade(path: string): Promise<string> {
  const socket = new WebSocket(`${host.url.replace(/^http/, 'ws')}${path}`, { rejectUnauthorized: false });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  return `${response.statusCode ?? 0} ${await textOf(response)}`;
}
