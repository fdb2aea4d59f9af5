/** The page of today on what earlier versions remembered, in the app and in browsers alike. */
import { describe, expect, it } from 'vitest';
import { Preferences } from '../../src-renderer/client/settings/preferences.svelte.ts';
import { RecentRooms } from '../../src-renderer/client/settings/recent-rooms.svelte.ts';
import stored from './0.1.0/app/preferences.json';

describe('data of 0.1.0', () => {
  const remembered = new Map(Object.entries(stored));
  const storage = () => ({
    getItem: (key: string) => remembered.get(key) ?? null,
    setItem: (key: string, value: string) => void remembered.set(key, value),
    removeItem: (key: string) => void remembered.delete(key),
  });

  it('has the person’s choices', () => {
    const preferences = new Preferences(storage);
    const { name, theme, language, capture } = preferences;
    expect({ name, theme, language, capture }).toEqual({
      name: 'Ada Lovelace',
      theme: 'dark',
      language: 'es',
      capture: '360p',
    });
    expect([preferences.startsOn('microphone'), preferences.startsOn('camera')]).toEqual([false, true]);
    expect(preferences.device('microphone')).toEqual({ id: 'a41d', group: '77c0', label: 'Headset' });
    expect(preferences.device('camera')).toBeNull();
  });

  it('lists the rooms they were in', () => {
    const { rooms } = new RecentRooms(storage);
    expect(rooms.map(({ roomId, name, desk }) => [roomId, name, desk])).toEqual([
      ['k3v9x2m7', 'Morning round', undefined],
      ['p2', 'Desk', true],
    ]);
  });
});
