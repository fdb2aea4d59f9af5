/** What the messages of those who run a meeting come to for a participant, who may not, and that of those who wait. */
import type { Entry } from './conformance.ts';
import type { Outcome } from './reply.ts';
import type { SocketIoCaller, State } from './socket-io-caller.ts';
import { there } from './socket-io-outcomes.ts';

const running = (): Record<State, Outcome> =>
  there({ prepared: 'NOT_JOINED', joined: 'FORBIDDEN', equipped: 'FORBIDDEN' });
/** For those who wait in the lobby. */
const waiting = (): Record<State, Outcome> => ({
  connected: 'NOT_JOINED',
  prepared: 'NOT_JOINED',
  joined: 'CONFLICT',
  equipped: 'CONFLICT',
  left: 'NOT_JOINED',
});

export const moderation: Record<string, Entry<State, SocketIoCaller>> = {
  updateWaiting: { says: () => ({ note: 'It is me' }), in: waiting(), twice: 'CONFLICT' },
  admit: { says: () => ({ userId: 'ada' }), in: running(), twice: 'FORBIDDEN' },
  deny: { says: () => ({ userId: 'ada' }), in: running(), twice: 'FORBIDDEN' },
  muteParticipant: { says: () => ({ userId: 'ada' }), in: running(), twice: 'FORBIDDEN' },
  muteAll: { says: () => ({}), in: running(), twice: 'FORBIDDEN' },
  askToUnmute: { says: () => ({ userId: 'ada' }), in: running(), twice: 'FORBIDDEN' },
  stopVideo: { says: () => ({ userId: 'ada' }), in: running(), twice: 'FORBIDDEN' },
  stopShare: { says: () => ({ userId: 'ada' }), in: running(), twice: 'FORBIDDEN' },
  lowerHand: { says: () => ({ userId: 'ada' }), in: running(), twice: 'FORBIDDEN' },
  removeParticipant: { says: () => ({ userId: 'ada', keepLobbyOff: true }), in: running(), twice: 'FORBIDDEN' },
  setRole: { says: () => ({ userId: 'ada', role: 'viewer' }), in: running(), twice: 'FORBIDDEN' },
  setRoom: { says: () => ({ locked: true }), in: running(), twice: 'FORBIDDEN' },
  endMeeting: { says: () => ({}), in: running(), twice: 'FORBIDDEN' },
};
