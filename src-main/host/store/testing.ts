/** Records for tests of the store. */
import { type MembershipRecord, OPEN_TO_ALL, type RoomRecord } from '../meeting/ports.ts';

export const room = (id: string, more: Partial<RoomRecord> = {}): RoomRecord => ({
  id,
  name: `Room ${id}`,
  hostTokenHash: `hash of ${id}`,
  createdAt: 1000,
  startsAt: null,
  settings: OPEN_TO_ALL,
  ...more,
});
export const membership = (id: string, more: Partial<MembershipRecord> = {}): MembershipRecord => ({
  id,
  userId: `user-${id}`,
  userName: `Name of ${id}`,
  role: 'participant',
  baseRole: null,
  inviteId: null,
  removed: false,
  ...more,
});
