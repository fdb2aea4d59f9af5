import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_TOKEN_LENGTH, MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { type CreateInvite, CreatedInvite, CreatedRoom } from '../../../../src-shared/protocol/index.ts';
import { type Served, serve } from './testing.ts';

let host: Served;
let room: CreatedRoom;

beforeEach(async () => {
  host = await serve();
  room = v.parse(CreatedRoom, (await host.create({ hostName: 'Ada' })).json);
});

afterEach(() => host.close());

const headers = () => ({ Authorization: `Bearer ${room.hostToken}`, 'Content-Type': 'application/json' });

async function invite(role: CreateInvite['role']): Promise<CreatedInvite> {
  const path = `/api/rooms/${room.roomId}/invites`;
  const reply = await host.ask(path, { method: 'POST', headers: headers(), body: JSON.stringify({ role }) });
  return v.parse(CreatedInvite, reply.json);
}

describe.each(['/join-video', '/dashboard'])('%s', (path) => {
  it.each(['client', 'professional'] as const)('leads a %s to the desk, the token after #', async (role) => {
    const { token } = await invite(role);
    const reply = await host.ask(`${path}?token=${token}`);
    expect(reply).toMatchObject({
      status: 302,
      headers: { location: `/desk/${room.roomId}#t=${token}`, 'cache-control': 'no-store' },
    });
    expect(reply.headers['referrer-policy']).toBe('no-referrer');
  });

  it('leads every bad token to one and the same page', async () => {
    const revoked = await invite('client');
    await host.ask(`/api/rooms/${room.roomId}/invites/${revoked.id}`, { method: 'DELETE', headers: headers() });
    const { token: toMeeting } = await invite('participant');
    for (const token of [revoked.token, toMeeting, room.hostToken, 'made.up.token']) {
      const reply = await host.ask(`${path}?token=${token}`);
      expect(reply).toMatchObject({ status: 302, headers: { location: `/desk/unknown#t=${token}` } });
    }
    for (const query of ['', '?token=', `?token=${'x'.repeat(MAX_TOKEN_LENGTH + 1)}`]) {
      expect(await host.ask(path + query)).toMatchObject({ status: 302, headers: { location: '/desk/unknown' } });
    }
    expect(host.logged).toEqual([]);
  });

  it('carries no more into the address than the token', async () => {
    const { headers: told } = await host.ask(`${path}?token=${encodeURIComponent('a.b.c&fp=x\r\nSet-Cookie: a=b')}`);
    expect(told.location).toBe('/desk/unknown#t=a.b.c%26fp%3Dx%0D%0ASet-Cookie%3A+a%3Db');
    expect(told['set-cookie']).toBeUndefined();
  });

  it('is bounded by time for each address', async () => {
    const ask = async () => (await host.ask(`${path}?token=made.up.token`)).status;
    const statuses = await Promise.all(Array.from({ length: 2 * MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS }, ask));
    expect(statuses.filter((status) => status === 302).length).toBeGreaterThanOrEqual(
      MAX_TOKEN_TRIES_PER_MINUTE_PER_ADDRESS,
    );
    expect(statuses).toContain(429);
  }, 30_000);
});
