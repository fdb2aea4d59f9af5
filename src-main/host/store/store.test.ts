import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  MAX_CHAT_HISTORY,
  MAX_ENDED_ROOMS,
  MAX_FORMER_USER_IDS_PER_ROOM,
  MAX_MEMBERSHIPS_PER_ROOM,
  MAX_USES_PER_INVITE,
  MAX_ATTENDANCE_RECORDS_PER_ROOM,
} from '../../../src-shared/limits.ts';
import type { ChatMessage } from '../../../src-shared/protocol/index.ts';
import type { InviteRecord, Store } from '../meeting/ports.ts';
import { openMemoryStore, openStore } from './index.ts';
import { membership, room } from './testing.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const message = (id: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  userId: 'ada',
  userName: 'Ada',
  message: `message ${id}`,
  timestamp: 2000,
  ...more,
});
const invite = (id: string, more: Partial<InviteRecord> = {}): InviteRecord => ({
  id,
  roomId: 'one',
  role: 'participant',
  createdAt: 3000,
  ...more,
});

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['in a file', () => openStore({ folder, log })],
  ['in memory', () => openMemoryStore()],
])('what is remembered %s', (_where, open) => {
  beforeEach(() => {
    store = open();
    store.rooms.add(room('one'));
  });

  describe('rooms', () => {
    it('are those that have not ended, as they were made, in that order', () => {
      store.rooms.add(room('two', { startsAt: 5000 }));
      const nothingYet = { hostMembershipId: null, lastAttendedAt: null };
      expect(store.rooms.open()).toEqual([
        { ...room('one'), ...nothingYet },
        { ...room('two', { startsAt: 5000 }), ...nothingYet },
      ]);
    });

    it('know who holds host and when someone was last in', () => {
      store.memberships.save('one', membership('a', { role: 'host' }));
      store.attendance.end(store.attendance.begin('one', membership('a'), 1500), 1700);
      expect(store.rooms.open()).toMatchObject([{ hostMembershipId: 'a', lastAttendedAt: 1700 }]);
    });

    it('that have ended are forgotten but for name and attendance', () => {
      store.memberships.save('one', membership('a'));
      store.attendance.begin('one', membership('a'), 1500);
      store.chat.add('one', message('m'), { from: 'a', to: null });
      store.invites.add(invite('i'));
      store.rooms.end('one', 1800);
      expect(store.rooms.open()).toEqual([]);
      expect(store.rooms.remembers('one')).toBe(true);
      expect(store.attendance.of('one')).toMatchObject([
        { userId: 'user-a', joinedAt: 1500, lastSeenAt: 1800, present: false },
      ]);
      expect(store.memberships.find('one', 'a')).toBeNull();
      expect(store.chat.latest('one', 'a', 10)).toEqual([]);
      expect(store.invites.find('i')).toBeNull();
    });

    it('that nobody ever came to leave no trace', () => {
      store.rooms.end('one', 1800);
      expect(store.rooms.remembers('one')).toBe(false);
    });

    it('that have ended are remembered in a bounded number, the latest', () => {
      store.atomically(() => {
        for (let index = 0; index <= MAX_ENDED_ROOMS; index++) {
          store.rooms.add(room(`r${index}`));
          store.attendance.begin(`r${index}`, membership('a'), index);
          store.rooms.end(`r${index}`, index);
        }
      });
      expect(store.rooms.remembers('r0')).toBe(false);
      expect(store.attendance.of('r0')).toEqual([]);
      expect(store.rooms.remembers('r1')).toBe(true);
      expect(store.rooms.remembers('one')).toBe(true);
    });
  });

  describe('memberships', () => {
    it('have the host role one at a time; the others have their base role again', () => {
      for (const id of ['a', 'b']) store.memberships.save('one', membership(id, { role: 'host', baseRole: 'co-host' }));
      store.memberships.save('one', membership('c', { role: 'host' }));
      store.memberships.endHostRoles('one', 'b');
      const roles = ['a', 'b', 'c'].map((id) => store.memberships.find('one', id)?.role);
      expect(roles).toEqual(['co-host', 'host', 'participant']);
    });

    it('are found in their own room, as last saved', () => {
      store.rooms.add(room('two'));
      store.memberships.save('one', membership('a'));
      store.memberships.save('one', membership('a', { userName: 'Ada', userId: 'ada', inviteId: 'i' }));
      store.memberships.setRole('a', 'viewer');
      const saved = membership('a', { userName: 'Ada', userId: 'ada', inviteId: 'i', role: 'viewer' });
      expect(store.memberships.find('one', 'a')).toEqual(saved);
      expect(store.memberships.find('two', 'a')).toBeNull();
    });

    it('are bounded: those go whose owners were there for the shortest time, and nobody who is present', () => {
      store.atomically(() => {
        store.memberships.save('one', membership('present'));
        store.memberships.save('one', membership('long'));
        store.memberships.addAttended('long', 60_000);
        for (let index = 0; index < MAX_MEMBERSHIPS_PER_ROOM; index++) {
          store.memberships.save('one', membership(`s${index}`), () => ['present']);
        }
      });
      expect(store.memberships.find('one', 'present')).not.toBeNull();
      expect(store.memberships.find('one', 'long')).not.toBeNull();
      expect(store.memberships.find('one', 's1')).toBeNull();
      expect(store.memberships.find('one', 's2')).not.toBeNull();
      expect(store.memberships.find('one', `s${MAX_MEMBERSHIPS_PER_ROOM - 1}`)).not.toBeNull();
    });

    it('say which userIds are free in their room', () => {
      store.rooms.add(room('two'));
      store.memberships.save('one', membership('a', { userId: 'ada' }));
      expect(['ada', 'bo'].map((userId) => store.memberships.isFreeUserId('one', userId))).toEqual([false, true]);
      expect(store.memberships.isFreeUserId('two', 'ada')).toBe(true);
    });

    it('leave their userIds behind when they go; past the limit no userId is free', { timeout: 20_000 }, () => {
      store.rooms.add(room('two'));
      const saveUpTo = (first: number, end: number) =>
        store.atomically(() => {
          for (let index = first; index < end; index++) store.memberships.save('one', membership(`s${index}`));
        });
      const limit = MAX_MEMBERSHIPS_PER_ROOM + MAX_FORMER_USER_IDS_PER_ROOM;
      saveUpTo(0, limit - 1);
      expect(store.memberships.find('one', 's0')).toBeNull();
      for (const userId of ['user-s0', 'user-s5000', `user-s${limit - 2}`]) {
        expect(store.memberships.isFreeUserId('one', userId)).toBe(false);
      }
      expect(store.memberships.isFreeUserId('one', 'new')).toBe(true);
      saveUpTo(limit - 1, limit + 5);
      expect(store.memberships.isFreeUserId('one', 'new')).toBe(false);
      expect(store.memberships.isFreeUserId('two', 'user-s0')).toBe(true);
      store.attendance.begin('one', membership('s1'), 1);
      store.rooms.end('one', 2);
      expect(store.memberships.isFreeUserId('one', 'user-s0')).toBe(true);
    });
  });

  describe('attendance', () => {
    it('are one for each time someone came', () => {
      store.attendance.end(store.attendance.begin('one', membership('a'), 100), 200);
      store.attendance.begin('one', membership('a'), 300);
      const who = { userId: 'user-a', userName: 'Name of a' };
      expect(store.attendance.of('one')).toEqual([
        { ...who, joinedAt: 100, lastSeenAt: 200, present: false },
        { ...who, joinedAt: 300, lastSeenAt: 300, present: true },
      ]);
    });

    it('last until what was last known of them when the process was killed', () => {
      store.attendance.end(store.attendance.begin('one', membership('a'), 100), 200);
      store.attendance.begin('one', membership('b'), 300);
      store.attendance.goOn(400);
      store.attendance.endAll();
      store.attendance.goOn(500);
      expect(store.attendance.of('one').map(({ lastSeenAt, present }) => [lastSeenAt, present])).toEqual([
        [200, false],
        [400, false],
      ]);
    });

    it('are bounded', () => {
      store.atomically(() => {
        for (let at = 0; at <= MAX_ATTENDANCE_RECORDS_PER_ROOM; at++)
          store.attendance.end(store.attendance.begin('one', membership('a'), at), at);
      });
      const attendance = store.attendance.of('one');
      expect([attendance.length, attendance[0]?.joinedAt]).toEqual([MAX_ATTENDANCE_RECORDS_PER_ROOM, 1]);
    });

    it('are bounded, but those of participants who are present stay', { timeout: 20_000 }, () => {
      store.memberships.save('one', membership('host', { role: 'host' }));
      const present = store.attendance.begin('one', membership('host'), 0);
      store.atomically(() => {
        for (let at = 1; at <= MAX_ATTENDANCE_RECORDS_PER_ROOM + MAX_MEMBERSHIPS_PER_ROOM; at++) {
          store.memberships.save('one', membership(`s${at}`), () => ['host']);
          store.attendance.end(store.attendance.begin('one', membership(`s${at}`), at), at);
        }
      });
      expect(store.attendance.of('one')[0]).toMatchObject({ userId: 'user-host', present: true });
      expect(store.memberships.find('one', 'host')).not.toBeNull();
      store.attendance.end(present, 9000);
      store.attendance.begin('one', membership('a'), 9000);
      expect(store.attendance.of('one')).toHaveLength(MAX_ATTENDANCE_RECORDS_PER_ROOM);
    });
  });

  describe('chat', () => {
    it('is the latest, oldest first; a private message only for its two', () => {
      store.chat.add('one', message('m1'), { from: 'a', to: null });
      store.chat.add('one', message('m2', { to: 'bo' }), { from: 'a', to: 'b' });
      store.chat.add('one', message('m3'), { from: 'b', to: null });
      const ids = (membershipId: string, count = 10) =>
        store.chat.latest('one', membershipId, count).map(({ id }) => id);
      expect(ids('a')).toEqual(['m1', 'm2', 'm3']);
      expect(ids('b')).toEqual(['m1', 'm2', 'm3']);
      expect(ids('c')).toEqual(['m1', 'm3']);
      expect(ids('a', 2)).toEqual(['m2', 'm3']);
      expect(store.chat.latest('one', 'b', 2)[0]).toEqual(message('m2', { to: 'bo' }));
      expect(store.chat.latest('one', 'b', 1)[0]).toEqual(message('m3'));
    });

    it('is bounded, in each room by itself', () => {
      store.rooms.add(room('two'));
      store.chat.add('two', message('other'), { from: 'a', to: null });
      store.atomically(() => {
        for (let index = 0; index <= MAX_CHAT_HISTORY; index++) {
          store.chat.add('one', message(`m${index}`), { from: 'a', to: null });
        }
      });
      const kept = store.chat.latest('one', 'a', MAX_CHAT_HISTORY * 2);
      expect(kept).toHaveLength(MAX_CHAT_HISTORY);
      expect(kept[0]?.id).toBe('m1');
      expect(store.chat.latest('two', 'a', 10)).toHaveLength(1);
    });
  });

  describe('invites', () => {
    const full = invite('full', {
      role: 'client',
      name: 'Bo',
      notBefore: 4000,
      expires: 9000,
      appointment: { id: 'x', title: 'Check-up', startsAt: 5000 },
    });

    it('are listed as they were made, and know who used them', () => {
      store.invites.add(full);
      store.invites.add(invite('bare'));
      store.invites.use('full', { userId: 'bo', userName: 'Bo', at: 4100 });
      store.invites.use('full', { userId: 'bo', userName: 'Bo', at: 4200 });
      store.invites.revoke('bare', 4300);
      expect(store.invites.of('one')).toEqual([full, invite('bare', { revokedAt: 4300 })]);
      expect(store.invites.usesOf('full')).toEqual([
        { userId: 'bo', userName: 'Bo', at: 4100 },
        { userId: 'bo', userName: 'Bo', at: 4200 },
      ]);
      expect(store.invites.usesOf('bare')).toEqual([]);
      expect(store.invites.find('full')).toEqual(full);
      expect(store.invites.count('one')).toBe(2);
    });

    it('keep a bounded number of uses, the latest', () => {
      store.invites.add(invite('i'));
      for (let at = 0; at <= MAX_USES_PER_INVITE; at++) store.invites.use('i', { userId: 'u', userName: 'U', at });
      const uses = store.invites.usesOf('i');
      expect(uses).toHaveLength(MAX_USES_PER_INVITE);
      expect(uses[0]?.at).toBe(1);
    });

    it('make way when they are dead, the oldest first', () => {
      store.invites.add(invite('alive', { expires: 9000 }));
      store.invites.add(invite('expired', { expires: 5000 }));
      store.invites.add(invite('revoked'));
      store.invites.revoke('revoked', 4000);
      expect(store.invites.forgetDead('one', 5000)).toBe(true);
      expect(store.invites.of('one').map(({ id }) => id)).toEqual(['alive', 'revoked']);
      expect(store.invites.forgetDead('one', 5000)).toBe(true);
      expect(store.invites.forgetDead('one', 5000)).toBe(false);
      expect(store.invites.of('one').map(({ id }) => id)).toEqual(['alive']);
    });
  });

  describe('several writes at once', () => {
    it('are all there or none', () => {
      const half = () =>
        store.atomically(() => {
          store.rooms.add(room('two'));
          store.atomically(() => store.memberships.save('two', membership('a')));
          throw new Error('no');
        });
      expect(half).toThrow('no');
      expect(store.rooms.remembers('two')).toBe(false);
      expect(
        store.atomically(() => {
          store.rooms.add(room('two'));
          return 'done';
        }),
      ).toBe('done');
      expect(store.rooms.remembers('two')).toBe(true);
    });
  });
});
