import type { Phase } from '../view.ts';

/** Where somebody is on their way through a room. */
export type SessionState =
  /** The room is looked up, and everything is connected, unseen by others. */
  | 'preparing'
  /** As ready to join as the room allows. */
  | 'ready'
  /** They have pressed *Join*, and the host has not answered. */
  | 'joining'
  /** They wait until somebody admits them. */
  | 'lobby'
  /** The host has let them in; what it told waits for the first picture. */
  | 'arriving'
  | 'joined'
  /** The connection is lost, and is being tried again. */
  | 'reconnecting'
  | 'left';

/** Which state follows which; nothing follows the end. */
export const NEXT_STATES: Readonly<Record<SessionState, readonly SessionState[]>> = {
  preparing: ['ready', 'joining', 'left'],
  ready: ['preparing', 'joining', 'left'],
  joining: ['preparing', 'ready', 'lobby', 'arriving', 'joined', 'left'],
  lobby: ['preparing', 'ready', 'arriving', 'joined', 'left'],
  arriving: ['joined', 'left'],
  joined: ['reconnecting', 'left'],
  reconnecting: ['joined', 'left'],
  left: [],
};

/** What the person sees of each state. */
export const PHASES: Readonly<Record<SessionState, Phase>> = {
  preparing: 'preparing',
  ready: 'ready',
  joining: 'joining',
  lobby: 'waiting',
  arriving: 'joining',
  joined: 'joined',
  reconnecting: 'reconnecting',
  left: 'ended',
};

const IN: readonly SessionState[] = ['arriving', 'joined', 'reconnecting'];

/** The state of a session, by the table above. */
export class SessionStateMachine {
  #state = $state<SessionState>('preparing');

  get state(): SessionState {
    return this.#state;
  }

  /** Whether they have been let in, and not left. */
  get isIn(): boolean {
    return IN.includes(this.#state);
  }

  /** Whether they come back by themselves when the connection was lost: they are in, or wait to be. */
  get resumes(): boolean {
    return this.isIn || this.#state === 'lobby';
  }

  /** Goes on to `next`. Without effect where the table does not say so. */
  become(next: SessionState): void {
    if (NEXT_STATES[this.#state].includes(next)) this.#state = next;
  }
}
