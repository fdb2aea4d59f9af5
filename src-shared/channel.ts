import type { Call, Events } from './ipc.ts';

/** The channel of a call or an event. Apart from the contract, so that the preload carries no schemas. */
export const channel = (name: Call | keyof Events): string => `parley:${name}`;
