/** The outcome of every message of `/mediasoup` in each state, and the events that the others receive. */
import type { Heard } from './conformance.ts';
import type { Outcome } from './reply.ts';
import type { State } from './socket-io-caller.ts';

/** What a message comes to that is for those who are there; `others` where it differs. */
export const there = (others: Partial<Record<State, Outcome>> = {}): Record<State, Outcome> => ({
  connected: 'NOT_JOINED',
  prepared: 'ok',
  joined: 'ok',
  equipped: 'ok',
  left: 'NOT_JOINED',
  ...others,
});
/** For those who have joined. */
export const inside = (): Record<State, Outcome> => there({ prepared: 'NOT_JOINED' });
/** About media one has made. */
export const withMedia = (): Record<State, Outcome> => there({ prepared: 'NOT_FOUND', joined: 'NOT_FOUND' });
/** Only for those who are in no meeting. */
export const outside = (): Record<State, Outcome> => ({
  connected: 'ok',
  prepared: 'ok',
  joined: 'CONFLICT',
  equipped: 'CONFLICT',
  left: 'ok',
});

/** The events for clients of each gateway. */
export const all = (socketIo: string[], http: string[], plain: string[]): Heard => ({ socketIo, http, plain });
/** The events about a producer. */
export const ofProducer = (what: string): Heard => ({ socketIo: [`producer${what}`], http: [`producer${what}`] });
export const CLOSED = all(['producerClosed'], ['producerRemoved'], ['producerClosed']);
export const BOTH_CLOSED = all(
  ['producerClosed', 'producerClosed'],
  ['producerRemoved', 'producerRemoved'],
  ['producerClosed', 'producerClosed'],
);
