import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MAX_OWN_ROOMS, MAX_RECENT_ROOMS } from '../../../src-shared/limits.ts';
import { emptyStorage } from '../devices/testing.ts';
import { OwnRooms } from './own-rooms.ts';
import { Preferences } from './preferences.svelte.ts';
import { RecentRooms } from './recent-rooms.svelte.ts';
import { storedValue } from './stored-value.ts';

const forbidden = (): Storage => {
  throw new DOMException('Access is denied', 'SecurityError');
};

describe('what is remembered', () => {
  it('comes back as it was written', () => {
    const storage = emptyStorage();
    storedValue(() => storage, 'size', v.number()).write(7);
    expect(storedValue(() => storage, 'size', v.number()).read()).toBe(7);
    storedValue(() => storage, 'size', v.number()).clear();
    expect(storedValue(() => storage, 'size', v.number()).read()).toBeNull();
  });

  it.each(['{', '"seven"', ''])('is nothing when it reads %j', (text) => {
    const storage = emptyStorage();
    storage.setItem('size', text);
    expect(storedValue(() => storage, 'size', v.number()).read()).toBeNull();
  });

  it('is nothing where storage is forbidden, and nothing breaks', () => {
    const memory = storedValue(forbidden, 'size', v.number());
    memory.write(7);
    expect(memory.read()).toBeNull();
  });
});

describe('preferences', () => {
  it('begin with what the system says', () => {
    const preferences = new Preferences(emptyStorage);
    expect(preferences).toMatchObject({ name: '', theme: 'system', language: 'system', capture: '720p' });
  });

  it('survive a visit', () => {
    const storage = emptyStorage();
    Object.assign(new Preferences(() => storage), { name: 'Mira', theme: 'dark', language: 'es' });
    expect(new Preferences(() => storage)).toMatchObject({ name: 'Mira', theme: 'dark', language: 'es' });
  });

  it('lose what is broken and keep the rest', () => {
    const storage = emptyStorage();
    storage.setItem('parley.preferences', JSON.stringify({ name: 'Mira', theme: 'pink' }));
    expect(new Preferences(() => storage)).toMatchObject({ name: 'Mira', theme: 'system' });
  });
});

describe('recent rooms', () => {
  const room = (roomId: string) => ({
    roomId,
    name: roomId,
    hostName: null,
    origin: 'https://h:1',
    fingerprint: null,
    at: 1,
  });

  it('are the last ten, the latest first, each once', () => {
    const storage = emptyStorage();
    const recent = new RecentRooms(() => storage);
    for (let index = 0; index < MAX_RECENT_ROOMS + 2; index++) recent.add(room(`r${index}`));
    recent.add(room('r5'));
    const ids = ['r5', 'r11', 'r10', 'r9', 'r8', 'r7', 'r6', 'r4', 'r3', 'r2'];
    expect(recent.rooms.map(({ roomId }) => roomId)).toEqual(ids);
    expect(new RecentRooms(() => storage).rooms.map(({ roomId }) => roomId)).toEqual(ids);
  });

  it('keep the key of their link', () => {
    const storage = emptyStorage();
    new RecentRooms(() => storage).add({ ...room('r1'), key: 'K' });
    expect(new RecentRooms(() => storage).rooms[0]?.key).toBe('K');
  });

  it('can be removed', () => {
    const recent = new RecentRooms(emptyStorage);
    recent.add(room('r1'));
    recent.remove('r1');
    expect(recent.rooms).toEqual([]);
  });
});

describe('rooms one has made', () => {
  const origin = 'https://h:1';
  const at = (index: number) => ({ origin, roomId: `r${index}` });
  const own = (index: number) => ({ ...at(index), hostToken: `token-${index}`, url: 'https://h:1/r/r1' });

  it('are found again, until they are removed', () => {
    const storage = emptyStorage();
    new OwnRooms(() => storage).add(own(1));
    const rooms = new OwnRooms(() => storage);
    expect(rooms.find(at(1))).toEqual(own(1));
    rooms.remove(at(1));
    expect(rooms.find(at(1))).toBeNull();
  });

  it('are their host’s alone, by its key where that is known', () => {
    const storage = emptyStorage();
    const rooms = new OwnRooms(() => storage);
    rooms.add({ ...own(1), fingerprint: 'K' });
    expect(rooms.find({ ...at(1), origin: 'https://h:2', fingerprint: 'K' })?.hostToken).toBe('token-1');
    expect(rooms.find({ ...at(1), fingerprint: 'other' })).toBeNull();
    expect(rooms.find({ ...at(1), origin: 'https://evil:1' })).toBeNull();
    rooms.remove({ ...at(1), origin: 'https://evil:1' });
    expect(rooms.find(at(1))).not.toBeNull();
  });

  it('are entered with their host token and the newest key of their link, others with what the link says', () => {
    const storage = emptyStorage();
    const rooms = new OwnRooms(() => storage);
    rooms.add({ ...own(1), linkKey: 'K1' });
    rooms.setLinkKey(at(1), 'K2');
    rooms.setLinkKey(at(2), 'K3');
    expect(rooms.credentialsFor({ ...at(1), key: 'K0', token: 'guest' })).toEqual({ token: 'token-1', key: 'K2' });
    expect(rooms.credentialsFor({ ...at(2), key: 'K0' })).toEqual({ key: 'K0' });
    expect(rooms.credentialsFor(at(2))).toEqual({});
  });

  it('are so many; beyond that the oldest is forgotten', () => {
    const storage = emptyStorage();
    const rooms = new OwnRooms(() => storage);
    for (let index = 0; index < MAX_OWN_ROOMS; index++) rooms.add(own(index));
    expect(rooms.find(at(0))).toEqual(own(0));
    rooms.add(own(MAX_OWN_ROOMS));
    expect(rooms.find(at(0))).toBeNull();
    expect(rooms.find(at(1))).toEqual(own(1));
  });
});
