import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { emptyStorage } from '../devices/testing.ts';
import { Preferences } from './preferences.svelte.ts';
import { Recent } from './recent.svelte.ts';
import { remembered } from './remembered.ts';

const forbidden = (): Storage => {
  throw new DOMException('Access is denied', 'SecurityError');
};

describe('what is remembered', () => {
  it('comes back as it was written', () => {
    const storage = emptyStorage();
    remembered(() => storage, 'size', v.number()).write(7);
    expect(remembered(() => storage, 'size', v.number()).read()).toBe(7);
  });

  it.each(['{', '"seven"', ''])('is nothing when it reads %j', (text) => {
    const storage = emptyStorage();
    storage.setItem('size', text);
    expect(remembered(() => storage, 'size', v.number()).read()).toBeNull();
  });

  it('is nothing where storage is forbidden, and nothing breaks', () => {
    const memory = remembered(forbidden, 'size', v.number());
    memory.write(7);
    memory.forget();
    expect(memory.read()).toBeNull();
  });

  it('can be forgotten', () => {
    const storage = emptyStorage();
    const memory = remembered(() => storage, 'size', v.number());
    memory.write(7);
    memory.forget();
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
    const recent = new Recent(() => storage);
    for (let index = 0; index < 12; index++) recent.add(room(`r${index}`));
    recent.add(room('r5'));
    const ids = ['r5', 'r11', 'r10', 'r9', 'r8', 'r7', 'r6', 'r4', 'r3', 'r2'];
    expect(recent.rooms.map(({ roomId }) => roomId)).toEqual(ids);
    expect(new Recent(() => storage).rooms.map(({ roomId }) => roomId)).toEqual(ids);
  });

  it('can be removed', () => {
    const recent = new Recent(emptyStorage);
    recent.add(room('r1'));
    recent.remove('r1');
    expect(recent.rooms).toEqual([]);
  });
});
