import type { Call } from './ipc.ts';

/** The IPC channel of a call. Separate from ipc.ts, so that the preload script contains no schemas. */
export const channel = (name: Call): string => `parley:${name}`;
