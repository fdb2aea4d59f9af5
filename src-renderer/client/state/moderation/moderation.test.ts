import { beforeEach, expect, it, vi } from 'vitest';
import { PERMISSIONS, may } from '../../../../src-shared/permissions.ts';
import type { Role, Room } from '../../../../src-shared/protocol/index.ts';
import { fakePerson } from '../../../testing/fakes.svelte.ts';
import { Moderation } from './moderation.svelte.ts';

const ALLOWED = { share: true, chat: true, react: true, unmute: true, rename: true, record: true, sendFiles: true };
const ROLES: readonly Role[] = ['host', 'co-host', 'participant', 'viewer'];
const media = {
  microphone: { setOn: vi.fn(() => Promise.resolve()) },
  camera: { setOn: vi.fn(() => Promise.resolve()) },
  stopSharing: vi.fn(),
};
const ask = vi.fn(() => Promise.resolve());
const setRoom = vi.fn(() => Promise.resolve());

beforeEach(() => vi.clearAllMocks());

function moderation(role: Role | null, permissions: Partial<typeof ALLOWED> = {}): Moderation {
  const room: Room = {
    roomId: 'r1',
    name: 'Standup',
    locked: false,
    lobby: false,
    permissions: { ...ALLOWED, ...permissions },
  };
  const self = role && fakePerson('Me', { self: true, role });
  return new Moderation({ self: () => self, room: () => room, ask, setRoom, media });
}

it.each(ROLES)('allows a %s what the table allows them', (role) => {
  const own = moderation(role);
  expect(PERMISSIONS.filter((permission) => own.may(permission))).toEqual(
    PERMISSIONS.filter((permission) => may(role, permission)),
  );
});

it('allows nobody anything before they are in', () => {
  expect(PERMISSIONS.filter((permission) => moderation(null).may(permission))).toEqual([]);
});

it('refuses participants, and not co-hosts, what the room does not allow', () => {
  const none = { share: false, chat: false, react: false, unmute: false, rename: false };
  const what = ['share', 'chat', 'react', 'unmute', 'rename'] as const;
  expect(what.map((permission) => moderation('participant', none).may(permission))).not.toContain(true);
  expect(what.map((permission) => moderation('co-host', none).may(permission))).not.toContain(false);
});

it('acts on those of one’s own rank and below, and not on oneself', () => {
  const on = (role: Role) =>
    ROLES.filter((other) => moderation(role).mayActOn('remove', fakePerson('X', { role: other })));
  expect(ROLES.map(on)).toEqual([ROLES, ['co-host', 'participant', 'viewer'], [], []]);
  expect(moderation('host').mayActOn('remove', fakePerson('Me', { self: true }))).toBe(false);
});

it('lets whoever was asked to unmute do so, until they are muted again', () => {
  const own = moderation('participant', { unmute: false });
  expect(own.may('unmute')).toBe(false);
  own.askedToUnmute();
  expect([own.may('unmute'), own.notice?.kind]).toEqual([true, 'unmute-asked']);
  expect(media.microphone.setOn).not.toHaveBeenCalled();
  own.stopped('microphone');
  expect(own.may('unmute')).toBe(false);
});

it('switches off here what was stopped at the host, and says so', () => {
  const own = moderation('participant');
  const kinds = (['microphone', 'camera', 'screen'] as const).map((source) => {
    own.stopped(source);
    return own.notice?.kind;
  });
  expect(kinds).toEqual(['muted', 'camera-stopped', 'share-stopped']);
  expect(media.microphone.setOn).toHaveBeenCalledExactlyOnceWith(false);
  expect(media.camera.setOn).toHaveBeenCalledExactlyOnceWith(false);
  expect(media.stopSharing).toHaveBeenCalledOnce();
  // The sound of a screen ends with its picture: one notice is enough.
  const before = own.notice;
  own.stopped('screen-audio');
  expect([own.notice, media.stopSharing.mock.calls.length]).toEqual([before, 2]);
});

it('removes somebody so that they have to ask, unless told otherwise', async () => {
  const own = moderation('host');
  await own.remove('ada', { keepLobbyOff: false });
  await own.remove('ada', { keepLobbyOff: true });
  expect(ask.mock.calls).toEqual([
    ['removeParticipant', { userId: 'ada' }],
    ['removeParticipant', { userId: 'ada', keepLobbyOff: true }],
  ]);
});
