/** A host of today on what earlier versions stored: everything is found again, and everybody. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Host, startHost } from '../../src-main/host/host.ts';
import { Client, emit, told } from './client.ts';
import { factsOf, folderOf, type RoomFacts } from './facts.ts';

const VERSIONS = ['0.1.0'];
const HOUR_MS = 3_600_000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const InviteList = v.object({
  invites: v.array(
    v.object({
      id: v.string(),
      role: v.string(),
      revokedAt: v.optional(v.number()),
      uses: v.array(v.object({ userId: v.string() })),
    }),
  ),
});
const FailedAnswer = v.object({ error: v.object({ code: v.string() }) });

describe.each(VERSIONS)('data of %s', (version) => {
  const facts = factsOf(version);
  let dataDir: string;
  let host: Host;
  let client: Client;

  const open = async () => {
    const began = Date.now();
    host = await startHost({
      ...{ dataDir, port: 0, name: 'desk', version: '1.2.3', pageRoot: join(dataDir, 'page'), workerCount: 1, log },
      // An hour after it was written: what was to expire has expired, what was to come has not come.
      clock: {
        now: () => facts.madeAt + HOUR_MS + (Date.now() - began),
        after: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      },
    });
    client = new Client(host.port);
  };
  const close = async () => {
    client.close();
    await host.close('The test has ended.');
  };
  const post = (path: string, body: object) => client.http(path, { method: 'POST', body });
  /** The room's invites as its host sees them. */
  const listInvites = async ({ roomId, hostToken }: RoomFacts) =>
    v.parse(InviteList, (await client.http(`/api/rooms/${roomId}/invites`, { token: hostToken })).body).invites;
  /** Everybody whom the room knows comes back by the session token alone, in the order of their first time. */
  const comeBack = async ({ roomId, people }: RoomFacts) => {
    const back: Awaited<ReturnType<Client['join']>>[] = [];
    for (const { sessionToken, userName } of people) back.push(await client.join({ roomId, userName, sessionToken }));
    return back;
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'parley-stored-'));
    await cp(join(folderOf(version), 'host'), dataDir, { recursive: true });
    await open();
  });

  afterEach(async () => {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('keeps the key that links name', () => {
    expect(host.fingerprint).toBe(facts.fingerprint);
  });

  it.each([['open'], ['scheduled']] as const)('gives back everybody in the %s room', async (which) => {
    const room = facts[which];
    const back = await comeBack(room);
    expect(back.map(({ joined }) => [joined.room.name, joined.userId, joined.role, joined.sessionToken])).toEqual(
      room.people.map(({ userId, role, sessionToken }) => [room.name, userId, role, sessionToken]),
    );
    const named = back.at(-1)?.joined.participants.map(({ userId, userName }) => [userId, userName]) ?? [];
    const others = room.people.slice(0, -1).map(({ userId, userName }) => [userId, userName]);
    expect(named).toEqual(expect.arrayContaining(others));
  });

  it.each([['open'], ['scheduled']] as const)('shows each what they could read in the %s room', async (which) => {
    const room = facts[which];
    const back = await comeBack(room);
    const nameOf = (userId: string) => room.people.find((person) => person.userId === userId)?.userName;
    expect(back.map(({ joined }) => joined.messages)).toEqual(
      room.people.map(({ userId }) =>
        room.messages
          .filter(({ from, to }) => to === undefined || [from, to].includes(userId))
          .map(({ from, message, to }) => ({ userName: nameOf(from), message, ...(to !== undefined && { to }) })),
      ),
    );
  });

  it.each([['open'], ['scheduled'], ['desk']] as const)('lists the invites of the %s room', async (which) => {
    const room = facts[which];
    const listed = await listInvites(room);
    expect(listed.map((one) => [one.id, one.role, one.uses.map(({ userId }) => userId)])).toEqual(
      room.invites.map(({ id, role, uses }) => [id, role, uses]),
    );
    expect(listed.map(({ revokedAt }) => revokedAt !== undefined)).toEqual(
      room.invites.map(({ state }) => state === 'revoked'),
    );
  });

  it('lets in whoever shows an invite that is valid, as what it says, and nobody else', async () => {
    const { roomId, invites } = facts.open;
    for (const { token, role, state } of invites) {
      const joining = client.join({ roomId, userName: 'New', userId: `new-${role}`, token });
      if (state === 'valid') expect((await joining).joined.role).toBe(role);
      else await expect(joining).rejects.toThrow('NOT_FOUND');
    }
  });

  it('knows a desk’s people by their invites', async () => {
    const [professional, visitor] = facts.desk.invites;
    const own = await told(client.connect('/', visitor?.token), 'appointment');
    expect(own).toEqual(facts.desk.appointment);
    const list = await told(client.connect('/', professional?.token), 'apptData');
    expect(list).toEqual({ appointments: [{ ...facts.desk.appointment, name: 'Ada', waiting: false }] });
  });

  it('remembers that a meeting has ended', async () => {
    const refusal = await post('/api/media/rooms/createRoom', { name: 'Again', room: facts.endedRoomId });
    expect(v.parse(FailedAnswer, refusal.body).error.code).toBe('CONFLICT');
    await expect(client.join({ roomId: facts.endedRoomId, userName: 'Late' })).rejects.toThrow('NOT_FOUND');
  });

  it('goes on: what is written now is there with what was, after another start', async () => {
    const { scheduled } = facts;
    const { roomId } = scheduled;
    const [ada] = await comeBack(scheduled);
    if (ada) await emit(ada.socket, 'sendMessage', { roomId, message: 'Still here.' });
    const [invite] = scheduled.invites;
    await client.join({ roomId, userName: 'Grace', userId: 'grace', token: invite?.token ?? '' });
    await close();
    await open();
    const [again] = await comeBack(scheduled);
    expect(again?.joined.messages.map(({ message }) => message)).toEqual([
      ...scheduled.messages.map(({ message }) => message),
      'Still here.',
    ]);
    const [listed] = await listInvites(scheduled);
    expect(listed?.uses).toEqual([{ userId: 'grace' }]);
  });
});
