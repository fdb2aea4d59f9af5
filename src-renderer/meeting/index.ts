/** What screens may use of the client core; `meeting.svelte.ts` itself is loaded when there is a meeting. */
export { createRoom, hostInfo, roomInfo } from './signalling/api.ts';
export { Devices } from './devices/devices.svelte.ts';
export { afterArrival } from './arrival.ts';
export { preferences, recent } from './memory/index.ts';
export type { Language, Preferences, Theme } from './memory/preferences.svelte.ts';
export type { RecentRoom } from './memory/recent.svelte.ts';
export type * from './view.ts';
