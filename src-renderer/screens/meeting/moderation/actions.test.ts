import { expect, it } from 'vitest';
import type { Role } from '../../../../src-shared/protocol/index.ts';
import type { ParticipantView } from '../../../client/view.ts';
import { fakeModeration, fakePerson, fakeTile } from '../../../testing/fakes.svelte.ts';
import { actionsOn, standIn } from './actions.ts';

const person = (rest: Partial<ParticipantView> = {}) => fakePerson('Ada', rest);

function offered(role: Role, to: ParticipantView, { films = false, shares = false } = {}) {
  const stream = films ? ({} as MediaStream) : null;
  return actionsOn(to, {
    moderation: fakeModeration(role),
    tiles: [fakeTile(to, { stream })],
    shares: shares ? [fakeTile(to, { source: 'screen' })] : [],
  });
}

it('offers a host what changes anything', () => {
  expect(offered('host', person({ muted: true }))).toEqual(['askToUnmute', 'makeCoHost', 'handOver', 'remove']);
  expect(offered('host', person({ hand: true }), { films: true, shares: true })).toEqual([
    'mute',
    'stopVideo',
    'stopShare',
    'lowerHand',
    'makeCoHost',
    'handOver',
    'remove',
  ]);
  expect(offered('host', person({ role: 'co-host' }))).toEqual(['mute', 'takeBack', 'handOver', 'remove']);
});

it('offers a host no sound of a viewer, and no meeting to them', () => {
  expect(offered('host', person({ role: 'viewer' }))).toEqual(['remove']);
});

it('offers a co-host no roles, and nothing against the host', () => {
  expect(offered('co-host', person())).toEqual(['mute', 'remove']);
  expect(offered('co-host', person({ role: 'host' }), { films: true, shares: true })).toEqual([]);
});

it('offers participants and viewers nothing', () => {
  expect(offered('participant', person({ hand: true }), { films: true })).toEqual([]);
  expect(offered('viewer', person())).toEqual([]);
});

it('knows who stands in for the host: a co-host first, nobody who is lost or watches while there is another', () => {
  const [viewer, lost, first, coHost] = [
    fakePerson('V', { role: 'viewer' }),
    fakePerson('L', { lost: true }),
    fakePerson('F'),
    fakePerson('C', { role: 'co-host' }),
  ];
  expect(standIn([viewer, lost, first, coHost])?.name).toBe('C');
  expect(standIn([viewer, lost, first])?.name).toBe('F');
  expect(standIn([viewer, lost])?.name).toBe('L');
  expect(standIn([viewer])).toBeUndefined();
});
