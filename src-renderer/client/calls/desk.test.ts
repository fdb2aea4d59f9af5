import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { CreatedInvite, InviteContent } from '../../../src-shared/protocol/index.ts';
import { emptyStorage } from '../devices/testing.ts';
import { ownRooms } from '../settings/index.ts';
import { Preferences } from '../settings/preferences.svelte.ts';
import { platform } from '../../platform/index.ts';
import { Desk } from './desk.svelte.ts';
import { clientInvite, fakeComputer, professionalInvite } from './testing.ts';

const host = vi.hoisted(() => ({
  validate: vi.fn<(origin: string, token: string) => Promise<unknown>>(),
  create: vi.fn<(room: object, invite: object) => Promise<unknown>>(),
}));
vi.mock('../signaling/invites.ts', async (original) => ({
  ...(await original<object>()),
  validateLink: host.validate,
  createInvite: host.create,
}));
vi.mock('../signaling/api.ts', () => ({
  hostInfo: () => Promise.resolve({ name: 'Grace’s computer' }),
  roomInfo: () => Promise.reject(new Error('unknown')),
}));
vi.mock('../signaling/direct-signaling.ts', () => ({
  DirectSignaling: class {
    state = 'connecting';
    on = () => undefined;
    hurry = () => undefined;
    close = () => undefined;
  },
}));

const origin = 'https://192.0.2.1:7443';
const roomId = 'desk';
const room = { origin, roomId };
const says = (content: InviteContent) => host.validate.mockResolvedValue(content);
let desk: Desk | null = null;

beforeEach(() => {
  vi.resetAllMocks();
  host.create.mockResolvedValue({ id: 'i2', token: 'p.p.p', url: origin } satisfies CreatedInvite);
});

afterEach(() => {
  desk?.close();
  ownRooms.remove(room);
});

async function visit(token?: string): Promise<Desk> {
  const storage = emptyStorage();
  const preferences = new Preferences(() => storage);
  const { devices } = fakeComputer();
  const invite = { origin, roomId, desk: true, ...(token !== undefined && { token }) } as const;
  desk = new Desk({ invite, devices, platform, preferences });
  await desk.open();
  return desk;
}

it('shows each to the place their link gives them', async () => {
  says(clientInvite);
  expect((await visit('c.c.c')).view.at).toBe('client');
  says(professionalInvite);
  const { view, invitations } = await visit('p.p.p');
  expect([view.at, invitations]).toEqual(['professional', null]);
  expect(host.validate).toHaveBeenLastCalledWith(origin, 'p.p.p');
});

it.each([
  ['to a meeting', { ...professionalInvite, role: 'viewer' }],
  ['to another desk', { ...professionalInvite, roomId: 'other' }],
  ['of a client without an appointment', { ...professionalInvite, role: 'client' }],
] as const)('refuses a link %s', async (_, content) => {
  says(content);
  expect((await visit('c.c.c')).view).toMatchObject({ at: 'refused', problem: { code: 'NOT_FOUND' } });
});

it('asks for a link of one’s own', async () => {
  expect((await visit()).view).toMatchObject({ at: 'refused', problem: { code: 'UNAUTHORIZED' } });
  expect(host.validate).not.toHaveBeenCalled();
});

it('makes a place at a desk of one’s own, once', async () => {
  ownRooms.add({ ...room, hostToken: 'held', url: origin });
  says(professionalInvite);
  const { view, invitations } = await visit();
  expect(view.at).toBe('professional');
  expect(invitations).not.toBeNull();
  expect(host.create).toHaveBeenCalledExactlyOnceWith(
    { origin, roomId, hostToken: 'held' },
    { role: 'professional', name: 'Grace’s computer' },
  );
  expect((await visit()).view.at).toBe('professional');
  expect(host.create).toHaveBeenCalledOnce();
});

it('makes another when that was withdrawn, and finds its way by the app’s own token', async () => {
  ownRooms.add({ ...room, hostToken: 'held', url: origin, desk: 'w.w.w' });
  host.validate.mockRejectedValueOnce(new ProtocolError('NOT_FOUND', 'Withdrawn.'));
  says(professionalInvite);
  expect((await visit()).view.at).toBe('professional');
  expect(ownRooms.find(room)?.desk).toBe('p.p.p');
  ownRooms.remove(room);
  expect((await visit('held')).view.at).toBe('professional');
});
