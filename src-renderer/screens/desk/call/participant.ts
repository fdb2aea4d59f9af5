import type { ParticipantView } from '../../../client/view.ts';

/** One of the two in a call, as a tile shows them. */
export function participantOf(
  name: string,
  state: Partial<Pick<ParticipantView, 'self' | 'muted' | 'lost'>>,
): ParticipantView {
  return {
    userId: state.self ? 'self' : 'other',
    name,
    role: 'participant',
    self: false,
    hand: false,
    muted: false,
    speaking: false,
    lost: false,
    reaction: null,
    ...state,
  };
}
