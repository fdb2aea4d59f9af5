import { describe, expect, it } from 'vitest';
import { MAX_INVITES_PER_ROOM } from '../../../../src-shared/limits.ts';
import type { CreateInvite } from '../../../../src-shared/protocol/index.ts';
import { createTokens } from '../../tokens/index.ts';
import { FakeDirectConnection } from '../direct/testing.ts';
import { capabilities } from '../testing.ts';
import { hostWithInvites, refusal } from './testing.ts';

const HOUR_MS = 3_600_000;

describe('an invite', () => {
  it('says what it was made for, times in whole seconds', async () => {
    const { clock, invites, invite, roomId } = await hostWithInvites();
    const now = clock.now();
    const appointment = { id: 'a1', title: 'Check-up', startsAt: now };
    const { id, token } = await invite({
      role: 'client',
      name: 'Bo',
      notBefore: now - 1,
      expires: now + HOUR_MS + 1,
      appointment,
    });
    const content = {
      id,
      roomId,
      role: 'client',
      name: 'Bo',
      notBefore: now - 1000,
      expires: now + HOUR_MS + 1000,
      appointment,
    };
    await expect(invites.read(token)).resolves.toEqual(content);
    expect(invites.list(roomId)).toEqual([{ ...content, createdAt: now, uses: [] }]);
  });

  it('is one of a bounded number; a dead one makes way', async () => {
    const { invites, invite, roomId } = await hostWithInvites();
    const [first] = await Promise.all(Array.from({ length: MAX_INVITES_PER_ROOM }, () => invite({ role: 'viewer' })));
    await expect(invite({ role: 'viewer' })).rejects.toMatchObject({ code: 'LIMIT' });
    invites.revoke(roomId, first?.id ?? '');
    await expect(invite({ role: 'viewer' })).resolves.toHaveProperty('token');
    expect(invites.list(roomId)).toHaveLength(MAX_INVITES_PER_ROOM);
    await expect(refusal(invites.read(first?.token ?? ''))).resolves.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('must be of use some time', async () => {
    const { clock, invite } = await hostWithInvites();
    const now = clock.now();
    for (const times of [{ expires: now }, { notBefore: now + HOUR_MS, expires: now + HOUR_MS }]) {
      await expect(invite({ role: 'viewer', ...times })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
  });

  it('belongs to a room there is', async () => {
    const { invites, invite, rooms, roomId } = await hostWithInvites();
    const { id } = await invite({ role: 'viewer' });
    const other = await rooms.create({ hostName: 'Bo' });
    await expect(invites.create('nowhere', { role: 'viewer' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(() => invites.list('nowhere')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(() => invites.revoke(other.roomId, id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(invites.stillValid(id)).toBe(true);
    rooms.close('Over.');
    expect(invites.stillValid(id)).toBe(false);
    expect(() => invites.list(roomId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('is valid until it is revoked or expires', async () => {
    const { clock, invites, invite, roomId } = await hostWithInvites();
    const revoked = await invite({ role: 'viewer' });
    const expiring = await invite({ role: 'viewer', expires: clock.now() + HOUR_MS });
    invites.revoke(roomId, revoked.id);
    const [listed] = invites.list(roomId);
    clock.sleep(HOUR_MS - 1);
    invites.revoke(roomId, revoked.id);
    expect(invites.list(roomId)[0]).toEqual(listed);
    expect([revoked, expiring].map(({ id }) => invites.stillValid(id))).toEqual([false, true]);
    clock.sleep(1);
    expect(invites.stillValid(expiring.id)).toBe(false);
    expect(invites.stillValid('unknown')).toBe(false);
  });
});

describe('the invites to a desk', () => {
  it('are the valid ones of its roles, early ones too', async () => {
    const { clock, invites, invite, roomId } = await hostWithInvites();
    const now = clock.now();
    const appointment = { id: 'a1', title: 'Check-up', startsAt: now + HOUR_MS };
    const early = await invite({ role: 'client', name: 'Bo', notBefore: now + HOUR_MS, appointment });
    const gone = await invite({ role: 'client', appointment });
    await invite({ role: 'client', expires: now + 1000, appointment });
    await invite({ role: 'participant', appointment });
    const professional = await invite({ role: 'professional' });
    invites.revoke(roomId, gone.id);
    clock.sleep(1000);
    expect(invites.toDesk(roomId)).toMatchObject([
      { id: early.id, roomId, role: 'client', name: 'Bo', notBefore: now + HOUR_MS, appointment },
      { id: professional.id, roomId, role: 'professional' },
    ]);
  });

  it('end with the room: nobody at the desk is told anything more', async () => {
    const { rooms, invite, clock } = await hostWithInvites();
    const appointment = { id: 'a1', title: 'Check-up', startsAt: clock.now() };
    const come = async (request: CreateInvite) => {
      const { token } = await invite(request);
      const connection = new FakeDirectConnection(request.role);
      const content = await rooms.direct.readInvite({ remoteAddress: connection.remoteAddress, token });
      return { connection, session: rooms.direct.connect(connection, content) };
    };
    const doctor = await come({ role: 'professional' });
    const client = await come({ role: 'client', appointment });
    doctor.connection.take();
    rooms.close('The host has closed Parley.');
    client.session.ended();
    expect(doctor.connection.take()).toEqual([]);
  });
});

describe('joining with an invite', () => {
  it('takes name and role from it, and notes who came when', async () => {
    const { clock, join, invites, invite, roomId } = await hostWithInvites();
    await join('host');
    const named = await invite({ role: 'co-host', name: 'Bo of the office' });
    const open = await invite({ role: 'participant' });
    const bo = await join('bo', { token: named.token });
    const cy = await join('cy', { token: open.token });
    expect(bo.answer).toMatchObject({ role: 'co-host', isHost: false });
    expect(bo.answer.participants.find(({ userId }) => userId === 'bo')?.userName).toBe('Bo of the office');
    expect(cy.answer.participants.find(({ userId }) => userId === 'cy')?.userName).toBe('cy');
    const at = clock.now();
    expect(invites.list(roomId).map(({ uses }) => uses)).toEqual([
      [{ userId: 'bo', userName: 'Bo of the office', at }],
      [{ userId: 'cy', userName: 'cy', at }],
    ]);
  });

  it('as host is like holding the host token', async () => {
    const { join, invite } = await hostWithInvites();
    const standIn = await join('stand-in');
    const { token } = await invite({ role: 'host' });
    const owner = await join('owner', { token });
    expect(owner.answer).toMatchObject({ role: 'host', isHost: true });
    expect(standIn.connection.told('participantUpdated').at(-1)?.participant).toMatchObject({ role: 'participant' });
  });

  it('as co-host makes one a co-host again after standing in for the host', async () => {
    const { join, invite, hostToken } = await hostWithInvites();
    const { token } = await invite({ role: 'co-host' });
    const bo = await join('bo', { token });
    expect(bo.answer.role).toBe('host');
    await join('owner', { token: hostToken });
    expect(bo.connection.told('participantUpdated').at(-1)?.participant).toMatchObject({ role: 'co-host' });
  });

  it('counts also as the token of the connection, and when only preparing', async () => {
    const { connect, join, invite, roomId } = await hostWithInvites();
    await join('host');
    const { token } = await invite({ role: 'co-host' });
    const bo = connect('bo', undefined, token);
    await bo.prepare({ roomId, rtpCapabilities: capabilities });
    await expect(bo.joinRoom({ roomId, userName: 'bo' })).resolves.toMatchObject({ role: 'co-host' });
    const bad = connect('cy', undefined, `${token}x`);
    for (const asked of [
      bad.reserve({ roomId }),
      bad.prepare({ roomId, rtpCapabilities: capabilities }),
      bad.joinRoom({ roomId, userName: 'cy' }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('once more, what became of one in the meeting outweighs it, but not another invite', async () => {
    const { join, invite } = await hostWithInvites();
    const [first, better] = [await invite({ role: 'participant' }), await invite({ role: 'co-host' })];
    const ada = await join('ada', { token: first.token });
    const bo = await join('bo');
    expect(ada.answer.role).toBe('host');
    const again = (token: string) => join('ada', { token, sessionToken: ada.answer.sessionToken });
    expect((await again(first.token)).answer.role).toBe('host');
    const boAgain = await join('bo', { token: better.token, sessionToken: bo.answer.sessionToken });
    expect(boAgain.answer).toMatchObject({ userId: 'bo', role: 'co-host' });
  });

  it('that was revoked is over for whoever comes again, not for who is in', async () => {
    const { join, invites, invite, roomId } = await hostWithInvites();
    const host = await join('host');
    const { id, token } = await invite({ role: 'participant' });
    const bo = await join('bo', { token });
    const { sessionToken } = bo.answer;
    invites.revoke(roomId, id);
    await bo.sendMessage({ roomId, message: 'still here' });
    expect(host.connection.told('newMessage')).toHaveLength(1);
    await expect(refusal(join('bo', { token, sessionToken }))).resolves.toMatchObject({ code: 'NOT_FOUND' });
    await expect(refusal(join('bo', { sessionToken }))).resolves.toMatchObject({ code: 'NOT_FOUND' });
    const fresh = await invite({ role: 'participant' });
    expect((await join('bo', { token: fresh.token, sessionToken })).answer.userId).toBe('bo');
  });

  it('needs no waiting where there is none: the person is in before anything else happens', async () => {
    const { connect, rooms, roomId, hostToken } = await hostWithInvites();
    const joining = [
      connect('a').joinRoom({ roomId, userName: 'a' }),
      connect('b').joinRoom({ roomId, userName: 'b', token: hostToken }),
    ];
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(2);
    for (const joined of joining) await joined;
  });

  it('leaves nothing behind when the connection ends while it is read', async () => {
    const { connect, invite, rooms, media, roomId } = await hostWithInvites();
    const { token } = await invite({ role: 'participant' });
    const user = connect('guest');
    const joining = refusal(Promise.resolve(user.joinRoom({ roomId, userName: 'guest', token })));
    user.session.ended();
    await expect(joining).resolves.toMatchObject({ code: 'NOT_JOINED' });
    expect(rooms.info(roomId, '192.0.2.1').participants).toBe(0);
    expect(media.calls).toEqual([]);
  });

  it('that does not let in is answered as if there were no room, whatever is wrong with it', async () => {
    const { clock, connect, invites, invite, rooms, roomId } = await hostWithInvites();
    const now = clock.now();
    const other = await rooms.create({ hostName: 'Bo' });
    const revoked = await invite({ role: 'viewer' });
    invites.revoke(roomId, revoked.id);
    const expired = await invite({ role: 'viewer', expires: now + 1 });
    clock.sleep(1000);
    const good = await invite({ role: 'viewer' });
    const [header, payload, signature] = good.token.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = { id: good.id, roomId, role: 'host' } as const;
    const tokens = {
      expired: expired.token,
      early: (await invite({ role: 'viewer', notBefore: clock.now() + HOUR_MS })).token,
      revoked: revoked.token,
      'of another room': (await invites.create(other.roomId, { role: 'viewer' })).token,
      'for the desk': (await invite({ role: 'client' })).token,
      'for its professional': (await invite({ role: 'professional' })).token,
      'changed content': `${header}.${encode({ ...content, jti: good.id })}.${signature}`,
      'changed signature': `${header}.${payload}.${signature?.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
      'no algorithm': `${encode({ alg: 'none', typ: 'parley-invite+jwt' })}.${payload}.`,
      'another key': await createTokens(new Uint8Array(32).fill(8)).sign(content),
      'never made': await createTokens(new Uint8Array(32).fill(7)).sign({ ...content, id: 'unknown' }),
      nonsense: 'a.b.c',
      dots: '..',
    };
    const asked = { roomId, userName: 'x' };
    const unknown = await refusal(Promise.resolve(connect('x').joinRoom({ ...asked, roomId: 'nowhere' })));
    expect(unknown).toMatchObject({ code: 'NOT_FOUND' });
    for (const [kind, token] of Object.entries(tokens)) {
      const answered = await refusal(Promise.resolve(connect(`x-${kind}`).joinRoom({ ...asked, token })));
      expect([kind, answered]).toEqual([kind, unknown]);
    }
    await expect(connect('y').joinRoom({ ...asked, token: good.token })).resolves.toMatchObject({ role: 'viewer' });
  });
});
