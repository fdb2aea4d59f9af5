import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseInvite } from '../../../../src-shared/invite.ts';
import { MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { CreatedInvite, CreatedRoom, InviteList } from '../../../../src-shared/protocol/index.ts';
import { FINGERPRINT, type Served, serve } from './testing.ts';

let host: Served;
let room: CreatedRoom;

beforeEach(async () => {
  host = await serve();
  room = v.parse(CreatedRoom, (await host.create({ hostName: 'Ada' })).json);
});

afterEach(() => host.close());

const failure = (code: string) => ({ error: { code, message: expect.any(String) as string } });
const json = { 'Content-Type': 'application/json' };
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

const invites = (method: string, { token = room.hostToken, roomId = room.roomId, id = '', body = {} } = {}) =>
  host.ask(`/api/rooms/${roomId}/invites${id && `/${id}`}`, {
    method,
    headers: { ...(token && bearer(token)), ...(method === 'POST' && json) },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
const make = async (body: object) => v.parse(CreatedInvite, (await invites('POST', { body })).json);
const validate = (body: unknown) =>
  host.ask('/api/validate-link', { method: 'POST', headers: json, body: JSON.stringify(body) });

afterEach(() => vi.restoreAllMocks());

describe('invites', () => {
  it('are made with a link to the meeting, listed, and revoked', async () => {
    const reply = await invites('POST', { body: { role: 'viewer', name: ' Bo ' } });
    expect(reply.status).toBe(201);
    const { id, token, url } = v.parse(CreatedInvite, reply.json);
    expect(parseInvite(url)).toEqual({
      origin: 'https://192.0.2.1:7443',
      roomId: room.roomId,
      token,
      fingerprint: FINGERPRINT,
    });
    const content = { id, roomId: room.roomId, role: 'viewer', name: 'Bo' };
    expect(v.parse(InviteList, (await invites('GET')).json).invites).toMatchObject([{ ...content, uses: [] }]);
    expect(await validate({ token })).toMatchObject({ status: 200, json: { status: 'success', result: content } });
    expect(await invites('DELETE', { id })).toMatchObject({ status: 204, text: '' });
    expect(v.parse(InviteList, (await invites('GET')).json).invites[0]?.revokedAt).toBeTypeOf('number');
    expect((await invites('DELETE', { id })).status).toBe(204);
  });

  it.each(['professional', 'client'])('for a %s lead to the desk', async (role) => {
    const { url, token } = await make({ role });
    expect(parseInvite(url)).toMatchObject({ roomId: room.roomId, desk: true, token });
  });

  it.each([{}, { role: 'king' }, { role: 'viewer', expires: 1 }, { role: 'viewer', name: '' }])(
    'are refused as %j',
    async (body) => {
      expect(await invites('POST', { body })).toMatchObject({ status: 400, json: failure('BAD_REQUEST') });
    },
  );

  it.each(['POST', 'GET', 'DELETE'])('are for the host alone (%s)', async (method) => {
    const { id } = await make({ role: 'viewer' });
    const one = method === 'DELETE' ? { id } : {};
    const body = { role: 'host' };
    expect(await invites(method, { ...one, body, token: '' })).toMatchObject({
      status: 401,
      json: failure('UNAUTHORIZED'),
    });
    const wrong = await invites(method, { ...one, body, token: 'guess' });
    expect(wrong).toMatchObject({ status: 404, json: failure('NOT_FOUND') });
    expect((await invites(method, { ...one, body, roomId: 'nowhere' })).json).toEqual(wrong.json);
    const token = (await make({ role: 'host' })).token;
    expect((await invites(method, { ...one, body, token })).json).toEqual(wrong.json);
  });

  it('go by their methods', async () => {
    const { id } = await make({ role: 'viewer' });
    const put = await host.ask(`/api/rooms/${room.roomId}/invites`, { method: 'PUT' });
    expect(put).toMatchObject({ status: 400, headers: { allow: 'GET, HEAD, POST' } });
    expect((await invites('GET', { id })).headers.allow).toBe('DELETE');
    expect((await host.ask('/api/validate-link')).headers.allow).toBe('POST');
  });
});

describe('a link', () => {
  it('that is bad in any way fails with one and the same code', async () => {
    const { id, token } = await make({ role: 'viewer' });
    const early = await make({ role: 'viewer', notBefore: Date.UTC(2100, 0, 1) });
    await invites('DELETE', { id });
    const replies = await Promise.all(
      [token, early.token, `${early.token}x`, 'nonsense', 'a.b.c'].map((bad) => validate({ token: bad })),
    );
    for (const reply of replies) expect([reply.status, reply.json]).toEqual([404, replies[0]?.json]);
    expect(replies[0]?.json).toEqual({ status: 'failed', ...failure('NOT_FOUND') });
    expect(await validate({})).toMatchObject({ status: 400, json: { status: 'failed', ...failure('BAD_REQUEST') } });
  });

  // A busy computer takes seconds for so many requests; their rate must not refill meanwhile.
  it('can be tried a bounded number of times a minute', { timeout: 30_000 }, async () => {
    vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const tries = Array.from({ length: MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS }, () => validate({ token: 'a.b.c' }));
    for (const reply of await Promise.all(tries)) expect(reply.status).toBe(404);
    expect(await validate({ token: 'a.b.c' })).toMatchObject({ status: 429, json: { status: 'failed' } });
    expect(await invites('GET')).toMatchObject({ status: 429, json: failure('RATE_LIMITED') });
  });
});

describe('a room', () => {
  it('can be scheduled', async () => {
    const startsAt = Date.UTC(2026, 0, 2);
    expect((await host.create({ hostName: 'Ada', startsAt })).status).toBe(201);
    expect((await host.create({ hostName: 'Ada', startsAt: 'tomorrow' })).status).toBe(400);
    expect((await host.create({ hostName: 'Ada', startsAt: Date.UTC(2100, 0, 1) })).json).toEqual(
      failure('BAD_REQUEST'),
    );
  });
});
