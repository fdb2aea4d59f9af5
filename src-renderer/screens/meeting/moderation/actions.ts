import type { MeetingView, ParticipantView } from '../../../client/view.ts';

/** What one can do to somebody else in the meeting, in the order of the menu. */
export type Action =
  'mute' | 'askToUnmute' | 'stopVideo' | 'stopShare' | 'lowerHand' | 'makeCoHost' | 'takeBack' | 'handOver' | 'remove';

/** Those of the actions on `person` that one may do, and that change anything now. */
export function actionsOn(
  person: ParticipantView,
  { moderation, tiles, shares }: Pick<MeetingView, 'moderation' | 'tiles' | 'shares'>,
): Action[] {
  const may = (permission: Parameters<typeof moderation.mayActOn>[0]) => moderation.mayActOn(permission, person);
  const films = tiles.some(({ person: { userId }, stream }) => userId === person.userId && stream !== null);
  const shown = shares.some(({ person: { userId } }) => userId === person.userId);
  const sends = person.role !== 'viewer';
  const all: readonly (readonly [Action, boolean])[] = [
    ['mute', may('mute-others') && sends && !person.muted],
    ['askToUnmute', may('mute-others') && sends && person.muted],
    ['stopVideo', may('stop-others') && films],
    ['stopShare', may('stop-others') && shown],
    ['lowerHand', may('lower-hands') && person.hand],
    ['makeCoHost', may('set-role') && person.role === 'participant'],
    ['takeBack', may('set-role') && person.role === 'co-host'],
    ['handOver', may('set-role') && sends && person.role !== 'host'],
    ['remove', may('remove')],
  ];
  return all.filter(([, offered]) => offered).map(([action]) => action);
}

/**
 * Who stands in for a host who leaves, as the host chooses them: the longest-present co-host, else the
 * longest-present participant; somebody whose connection is lost only where nobody else is left.
 *
 * @param others everybody else, in the order they came
 */
export function standIn(others: readonly ParticipantView[]): ParticipantView | undefined {
  const connected = others.filter(({ lost }) => !lost);
  return longestPresent(connected) ?? longestPresent(others);
}

function longestPresent(people: readonly ParticipantView[]): ParticipantView | undefined {
  return people.find(({ role }) => role === 'co-host') ?? people.find(({ role }) => role === 'participant');
}
