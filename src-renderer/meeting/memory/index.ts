import { OwnRooms } from './own-rooms.ts';
import { Preferences } from './preferences.svelte.ts';
import { Recent } from './recent.svelte.ts';

/** This person's, in this browser. */
export const preferences = new Preferences();
export const recent = new Recent();
export const ownRooms = new OwnRooms();
