import { beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { ListedInvite } from '../../../src-shared/protocol/index.ts';
import { Invitations, heldRoom, isPersonal } from './invitations.svelte.ts';
import type { InvitesApi } from './invitations.svelte.ts';
import { ownRooms } from '../settings/index.ts';

const room = { origin: 'https://192.0.2.1:7443', roomId: 'a1b2c3d4', hostToken: 'held' };
const made = (id: string, rest: Partial<ListedInvite> = {}): ListedInvite => ({
  id,
  roomId: room.roomId,
  role: 'participant',
  createdAt: 0,
  uses: [],
  ...rest,
});

let listed: ListedInvite[];
const api = {
  create: vi.fn<InvitesApi['create']>(),
  list: vi.fn<InvitesApi['list']>(),
  revoke: vi.fn<InvitesApi['revoke']>(),
};
let invitations: Invitations;

beforeEach(() => {
  vi.resetAllMocks();
  listed = [made('one', { name: 'Ada' }), made('two', { revokedAt: 1 }), made('three', { expires: 1 })];
  api.list.mockImplementation(() => Promise.resolve(listed));
  invitations = new Invitations(room, api);
});

it('are listed, the latest first, and say which are over', async () => {
  expect(invitations.all).toBeNull();
  await invitations.refresh();
  expect(invitations.all).toMatchObject([
    { id: 'three', over: 'expired' },
    { id: 'two', over: 'revoked' },
    { id: 'one', over: null, name: 'Ada', link: null },
  ]);
});

it('say why they cannot be listed, and are there again later', async () => {
  api.list.mockRejectedValueOnce(new ProtocolError('RATE_LIMITED', 'Wait.'));
  await invitations.refresh();
  expect(invitations.problem?.code).toBe('RATE_LIMITED');
  await invitations.refresh();
  expect([invitations.problem, invitations.all?.length]).toEqual([null, 3]);
});

it('keep the link of one made here', async () => {
  api.create.mockImplementation(() => {
    listed = [...listed, made('new', { name: 'Bo' })];
    return Promise.resolve({ id: 'new', token: 'a.b.c', url: 'https://192.0.2.1:7443/r/a1b2c3d4#t=a.b.c' });
  });
  const link = await invitations.create({ role: 'participant', name: 'Bo' });
  expect(api.create).toHaveBeenCalledWith(room, { role: 'participant', name: 'Bo' });
  expect(invitations.all?.[0]).toMatchObject({ id: 'new', link });
});

it('are withdrawn, or it is said that they are not', async () => {
  await invitations.revoke('one');
  expect(api.revoke).toHaveBeenCalledWith(room, 'one');
  expect(api.list).toHaveBeenCalledOnce();
  api.revoke.mockRejectedValueOnce(new ProtocolError('NOT_FOUND', 'No such invite.'));
  await expect(invitations.revoke('one')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('are made by who holds the room: who opened it, here or in the app', () => {
  const { origin, roomId } = room;
  expect(heldRoom({ origin, roomId })).toBeNull();
  expect(heldRoom({ origin, roomId, token: 'a.b.c' })).toBeNull();
  expect(heldRoom({ origin, roomId, token: 'held' })).toEqual(room);
  ownRooms.add({ ...room, url: origin });
  expect(heldRoom({ origin, roomId, token: 'a.b.c' })).toEqual(room);
  ownRooms.remove(room);
  expect(['a.b.c', 'held', undefined].map(isPersonal)).toEqual([true, false, false]);
});
