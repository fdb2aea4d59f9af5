import { OwnRooms } from './own-rooms.ts';
import { Preferences } from './preferences.svelte.ts';
import { RecentRooms } from './recent-rooms.svelte.ts';

/** This person's, in this browser. */
export const preferences = new Preferences();
export const recent = new RecentRooms();
export const ownRooms = new OwnRooms();
