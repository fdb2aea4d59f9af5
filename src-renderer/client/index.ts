/** What screens may use of the client core; `meeting.svelte.ts` itself is loaded when there is a meeting. */
export { hostInfo, roomInfo } from './signaling/api.ts';
export { Devices } from './devices/devices.svelte.ts';
export { ownRooms, preferences, recent } from './settings/index.ts';
export type { Language, Preferences, Theme } from './settings/preferences.svelte.ts';
export type { RecentRoom } from './settings/recent-rooms.svelte.ts';
export type * from './view.ts';
