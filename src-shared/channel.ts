import type { Call, Events } from './ipc.ts';

/** The IPC channel of a call or an event. Separate from ipc.ts, so that the preload script contains no schemas. */
export const channel = (name: Call | keyof Events): string => `parley:${name}`;
