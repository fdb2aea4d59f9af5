/** What each role may do: the host enforces this table on every operation, and the window shows what it allows. */
import type { InviteRole } from './protocol/index.ts';

/**
 * - `receive`: consume what others send
 * - `publish`: send sound and pictures
 * - `chat`, `react`, `raise-hand`, `rename`: what one says and shows of oneself to everyone
 * - `offer-call`, `answer-call`, `signal-call`: the two sides of a call at a desk
 */
export const PERMISSIONS = [
  'receive',
  'publish',
  'chat',
  'react',
  'raise-hand',
  'rename',
  'offer-call',
  'answer-call',
  'signal-call',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

const PARTICIPATE = ['receive', 'publish', 'chat', 'react', 'raise-hand', 'rename'] as const;

export const PERMISSIONS_OF: Record<InviteRole, readonly Permission[]> = {
  host: PARTICIPATE,
  'co-host': PARTICIPATE,
  participant: PARTICIPATE,
  viewer: ['receive', 'chat', 'react', 'raise-hand', 'rename'],
  professional: ['answer-call', 'signal-call'],
  client: ['offer-call', 'signal-call'],
};

export function may(role: InviteRole, permission: Permission): boolean {
  return PERMISSIONS_OF[role].includes(permission);
}
