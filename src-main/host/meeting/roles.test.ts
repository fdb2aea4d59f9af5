import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src-shared/protocol/index.ts';
import { successor } from './roles.ts';
import { hostOneRoom } from './testing.ts';

function person(userName: string, role: Role, lost = false) {
  return { seat: { userName, role }, lost };
}

describe('who becomes host when the host has gone', () => {
  it.each([
    ['the longest-present co-host', [person('a', 'participant'), person('b', 'co-host'), person('c', 'co-host')], 'b'],
    [
      'else the longest-present participant',
      [person('v', 'viewer'), person('a', 'participant'), person('b', 'participant')],
      'a',
    ],
    ['someone connected before someone lost', [person('a', 'co-host', true), person('b', 'participant')], 'b'],
    ['someone lost where nobody else is left', [person('a', 'participant', true), person('v', 'viewer')], 'a'],
    ['never a viewer', [person('v', 'viewer')], undefined],
    ['nobody', [], undefined],
  ])('%s', (_who, people, expected) => {
    expect(successor(people)?.seat.userName).toBe(expected);
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
    const { arrive, join, roomId, hostToken } = await hostOneRoom();
    await join('stand-in');
    const owner = arrive('owner', undefined, hostToken);
    await expect(owner.joinRoom({ roomId, userName: 'owner' })).resolves.toMatchObject({ role: 'host' });
  });

  it("answers a token that is not this room's as if there were no room", async () => {
    const { join, roomId, arrive } = await hostOneRoom();
    const unknown = await Promise.resolve(arrive('x').joinRoom({ roomId: 'nowhere', userName: 'x' })).catch(
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
