/** Where somebody is on their way through a room. */
export type SessionState =
  /** Getting ready unseen, or ready to join. */
  | 'preparing'
  /** The host has to let them in first. */
  | 'lobby'
  | 'joined'
  /** The connection is lost, and is being tried again. */
  | 'reconnecting'
  | 'left';

/** Which state follows which; nothing follows the end. */
export const NEXT_STATES: Readonly<Record<SessionState, readonly SessionState[]>> = {
  preparing: ['lobby', 'joined', 'left'],
  lobby: ['preparing', 'joined', 'left'],
  joined: ['reconnecting', 'left'],
  reconnecting: ['joined', 'left'],
  left: [],
};
