import { describe, expect, it } from 'vitest';
import type { Role } from '../../../../src-shared/protocol/index.ts';
import { successor } from './host-succession.ts';
import { hostOneRoom } from '../testing.ts';

function participant(userName: string, role: Role, disconnected = false) {
  return { membership: { userName, role }, disconnected };
}

describe('who becomes host when the host has gone', () => {
  it.each([
    [
      'the longest-present co-host',
      [participant('a', 'participant'), participant('b', 'co-host'), participant('c', 'co-host')],
      'b',
    ],
    [
      'else the longest-present participant',
      [participant('v', 'viewer'), participant('a', 'participant'), participant('b', 'participant')],
      'a',
    ],
    [
      'someone connected before someone disconnected',
      [participant('a', 'co-host', true), participant('b', 'participant')],
      'b',
    ],
    [
      'someone disconnected where nobody else is left',
      [participant('a', 'participant', true), participant('v', 'viewer')],
      'a',
    ],
    ['never a viewer', [participant('v', 'viewer')], undefined],
    ['nobody', [], undefined],
  ])('%s', (_who, participants, expected) => {
    expect(successor(participants)?.membership.userName).toBe(expected);
  });
});

describe('roles in a room', () => {
  it('makes the first to join host', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    expect(ada.answer).toMatchObject({ role: 'host', isHost: true });
    expect(bo.answer).toMatchObject({ role: 'participant', isHost: false });
  });

  it('gives host to the holder of the host token, and makes the stand-in a participant', async () => {
    const { join, hostToken } = await hostOneRoom();
    const standIn = await join('stand-in');
    const owner = await join('owner', { token: hostToken });
    expect(owner.answer.role).toBe('host');
    expect(standIn.connection.told('participantUpdated').map(({ participant }) => participant)).toEqual([
      expect.objectContaining({ userId: 'stand-in', role: 'participant', isHost: false }),
    ]);
    expect(owner.answer.participants.map(({ userId, isHost }) => [userId, isHost])).toEqual([
      ['stand-in', false],
      ['owner', true],
    ]);
  });

  it('takes the token of the connection where the message has none', async () => {
    const { connect, join, roomId, hostToken } = await hostOneRoom();
    await join('stand-in');
    const owner = connect('owner', undefined, hostToken);
    await expect(owner.joinRoom({ roomId, userName: 'owner' })).resolves.toMatchObject({ role: 'host' });
  });

  it("answers a token that is not this room's as if there were no room", async () => {
    const { join, roomId, connect } = await hostOneRoom();
    const unknown = await Promise.resolve(connect('x').joinRoom({ roomId: 'nowhere', userName: 'x' })).catch(
      (error: unknown) => error,
    );
    const wrong = await join('y', { token: 'guess' }).catch((error: unknown) => error);
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ code: 'NOT_FOUND' });
    expect(roomId).not.toBe('nowhere');
  });

  it('passes host on when the host leaves', async () => {
    const { join } = await hostOneRoom();
    const ada = await join('ada');
    const bo = await join('bo');
    const cy = await join('cy');
    bo.connection.takeNames();
    await ada.leaveRoom({});
    expect(bo.connection.told('participantUpdated').map(({ participant }) => participant.userId)).toEqual(['bo']);
    expect(cy.connection.told('participantUpdated').at(-1)?.participant).toMatchObject({ userId: 'bo', role: 'host' });
    expect(bo.connection.takeNames()).toEqual(['peerLeft', 'participantUpdated']);
  });
});
