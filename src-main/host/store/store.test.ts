import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  MAX_CHAT_HISTORY,
  MAX_ENDED_ROOMS,
  MAX_SEATS_PER_ROOM,
  MAX_USES_PER_INVITE,
  MAX_VISITS_PER_ROOM,
} from '../../../src-shared/limits.ts';
import type { ChatMessage } from '../../../src-shared/protocol/index.ts';
import type { InviteRecord, RoomRecord, SeatRecord, Store } from '../meeting/ports.ts';
import { openMemoryStore, openStore } from './index.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const room = (id: string, more: Partial<RoomRecord> = {}): RoomRecord => ({
  id,
  name: `Room ${id}`,
  hostTokenHash: `hash of ${id}`,
  createdAt: 1000,
  startsAt: null,
  ...more,
});
const seat = (id: string, more: Partial<SeatRecord> = {}): SeatRecord => ({
  id,
  userId: `user-${id}`,
  userName: `Name of ${id}`,
  role: 'participant',
  inviteId: null,
  ...more,
});
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
      const nothingYet = { hostSeat: null, lastVisitAt: null };
      expect(store.rooms.open()).toEqual([
        { ...room('one'), ...nothingYet },
        { ...room('two', { startsAt: 5000 }), ...nothingYet },
      ]);
    });

    it('know who holds host and when someone was last in', () => {
      store.seats.save('one', seat('a', { role: 'host' }));
      store.visits.end(store.visits.begin('one', seat('a'), 1500), 1700);
      expect(store.rooms.open()).toMatchObject([{ hostSeat: 'a', lastVisitAt: 1700 }]);
    });

    it('that have ended are forgotten but for name and visits', () => {
      store.seats.save('one', seat('a'));
      store.visits.begin('one', seat('a'), 1500);
      store.chat.add('one', message('m'), { from: 'a', to: null });
      store.invites.add(invite('i'));
      store.rooms.end('one', 1800);
      expect(store.rooms.open()).toEqual([]);
      expect(store.rooms.remembers('one')).toBe(true);
      expect(store.visits.of('one')).toMatchObject([{ userId: 'user-a', cameAt: 1500, lastAt: 1800, present: false }]);
      expect(store.seats.find('one', 'a')).toBeNull();
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
          store.visits.begin(`r${index}`, seat('a'), index);
          store.rooms.end(`r${index}`, index);
        }
      });
      expect(store.rooms.remembers('r0')).toBe(false);
      expect(store.visits.of('r0')).toEqual([]);
      expect(store.rooms.remembers('r1')).toBe(true);
      expect(store.rooms.remembers('one')).toBe(true);
    });
  });

  describe('seats', () => {
    it('are found in their own room, as last saved', () => {
      store.rooms.add(room('two'));
      store.seats.save('one', seat('a'));
      store.seats.save('one', seat('a', { userName: 'Ada', userId: 'ada', inviteId: 'i' }));
      store.seats.setRole('a', 'viewer');
      const saved = seat('a', { userName: 'Ada', userId: 'ada', inviteId: 'i', role: 'viewer' });
      expect(store.seats.find('one', 'a')).toEqual(saved);
      expect(store.seats.find('two', 'a')).toBeNull();
    });

    it('are bounded: the oldest goes, never one where someone sits', () => {
      store.atomically(() => {
        store.seats.save('one', seat('taken'));
        store.visits.begin('one', seat('taken'), 0);
        for (let index = 0; index < MAX_SEATS_PER_ROOM; index++) store.seats.save('one', seat(`s${index}`));
      });
      expect(store.seats.find('one', 'taken')).not.toBeNull();
      expect(store.seats.find('one', 's0')).toBeNull();
      expect(store.seats.find('one', 's1')).not.toBeNull();
      expect(store.seats.find('one', `s${MAX_SEATS_PER_ROOM - 1}`)).not.toBeNull();
    });
  });

  describe('visits', () => {
    it('are one for each time someone came', () => {
      store.visits.end(store.visits.begin('one', seat('a'), 100), 200);
      store.visits.begin('one', seat('a'), 300);
      const who = { userId: 'user-a', userName: 'Name of a' };
      expect(store.visits.of('one')).toEqual([
        { ...who, cameAt: 100, lastAt: 200, present: false },
        { ...who, cameAt: 300, lastAt: 300, present: true },
      ]);
    });

    it('last until what was last known of them when the process was killed', () => {
      store.visits.end(store.visits.begin('one', seat('a'), 100), 200);
      store.visits.begin('one', seat('b'), 300);
      store.visits.goOn(400);
      store.visits.endAll();
      store.visits.goOn(500);
      expect(store.visits.of('one').map(({ lastAt, present }) => [lastAt, present])).toEqual([
        [200, false],
        [400, false],
      ]);
    });

    it('are bounded', () => {
      store.atomically(() => {
        for (let at = 0; at <= MAX_VISITS_PER_ROOM; at++)
          store.visits.end(store.visits.begin('one', seat('a'), at), at);
      });
      const visits = store.visits.of('one');
      expect(visits).toHaveLength(MAX_VISITS_PER_ROOM);
      expect(visits[0]?.cameAt).toBe(1);
    });

    it('are bounded without those who are there: nobody who comes and goes takes their seats', () => {
      store.seats.save('one', seat('host', { role: 'host' }));
      const present = store.visits.begin('one', seat('host'), 0);
      store.atomically(() => {
        for (let at = 1; at <= MAX_VISITS_PER_ROOM + MAX_SEATS_PER_ROOM; at++) {
          store.seats.save('one', seat(`s${at}`));
          store.visits.end(store.visits.begin('one', seat(`s${at}`), at), at);
        }
      });
      expect(store.visits.of('one')[0]).toMatchObject({ userId: 'user-host', present: true });
      expect(store.seats.find('one', 'host')).not.toBeNull();
      store.visits.end(present, 9000);
      store.visits.begin('one', seat('a'), 9000);
      expect(store.visits.of('one')).toHaveLength(MAX_VISITS_PER_ROOM);
    });
  });

  describe('chat', () => {
    it('is the latest, oldest first; a private message only for its two', () => {
      store.chat.add('one', message('m1'), { from: 'a', to: null });
      store.chat.add('one', message('m2', { to: 'bo' }), { from: 'a', to: 'b' });
      store.chat.add('one', message('m3'), { from: 'b', to: null });
      const ids = (seatId: string, count = 10) => store.chat.latest('one', seatId, count).map(({ id }) => id);
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
          store.atomically(() => store.seats.save('two', seat('a')));
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
