/** What each role may do: the host enforces this table on every operation, and the window shows what it allows. */
import type { InviteRole, RoomPermissions } from './protocol/index.ts';

/**
 * - `receive`: consume what others send
 * - `publish`: send sound and pictures; of these, `share`: a screen, and `unmute`: turn one's microphone on
 * - `chat`, `react`, `raise-hand`, `rename`: what one says and shows of oneself to everyone
 * - `record`, `send-files`: what clients do by themselves, and ask the room's settings for
 * - `admit`: let in who waits in the lobby, or not
 * - `mute-others`, `stop-others`: pause others' microphones; pause others' cameras and end their screen shares
 * - `lower-hands`, `remove`: of others
 * - `set-role`, `set-room`, `end-meeting`: who runs the room, its settings, and its end
 * - `offer-call`, `answer-call`, `signal-call`: the two sides of a call at a desk
 */
export const PERMISSIONS = [
  'receive',
  'publish',
  'share',
  'unmute',
  'chat',
  'react',
  'raise-hand',
  'rename',
  'record',
  'send-files',
  'admit',
  'mute-others',
  'stop-others',
  'lower-hands',
  'remove',
  'set-role',
  'set-room',
  'end-meeting',
  'offer-call',
  'answer-call',
  'signal-call',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

const WATCH = ['receive', 'chat', 'react', 'raise-hand', 'rename'] as const;
const PARTICIPATE = [...WATCH, 'publish', 'share', 'unmute', 'record', 'send-files'] as const;
const MODERATE = [...PARTICIPATE, 'admit', 'mute-others', 'stop-others', 'lower-hands', 'remove'] as const;

export const PERMISSIONS_OF: Record<InviteRole, readonly Permission[]> = {
  host: [...MODERATE, 'set-role', 'set-room', 'end-meeting'],
  'co-host': MODERATE,
  participant: PARTICIPATE,
  viewer: WATCH,
  professional: ['answer-call', 'signal-call'],
  client: ['offer-call', 'signal-call'],
};

/** The setting of a room that allows each of these to its participants and viewers. */
const SETTING_OF: Partial<Record<Permission, keyof RoomPermissions>> = {
  share: 'share',
  chat: 'chat',
  react: 'react',
  unmute: 'unmute',
  rename: 'rename',
  record: 'record',
  'send-files': 'sendFiles',
};

/** @param allowed what the room allows participants and viewers; absent: everything */
export function may(role: InviteRole, permission: Permission, allowed?: RoomPermissions): boolean {
  if (!PERMISSIONS_OF[role].includes(permission)) return false;
  const setting = SETTING_OF[permission];
  if (!allowed || setting === undefined || PERMISSIONS_OF[role].includes('admit')) return true;
  return allowed[setting];
}

const RANK: readonly InviteRole[] = ['viewer', 'participant', 'co-host', 'host'];

/** Whether somebody of a role may use a permission on somebody of another one: not on who ranks higher. */
export function mayActOn(role: InviteRole, permission: Permission, other: InviteRole): boolean {
  return may(role, permission) && RANK.indexOf(role) >= RANK.indexOf(other);
}
