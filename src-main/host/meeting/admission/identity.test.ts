import { describe, expect, it } from 'vitest';
import { MAX_MEMBERSHIPS_PER_ROOM, RECOVERY_MS } from '../../../../src-shared/limits.ts';
import { capabilities, hostOneRoom } from '../testing.ts';

describe('a userId', () => {
  it('of somebody who is present is refused to others', async () => {
    const { join, connect, roomId } = await hostOneRoom();
    await join('ada');
    const joining = connect('eve').joinRoom({ roomId, userName: 'Eve', userId: 'ada' });
    await expect(joining).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('of somebody who reloads is given to nobody else, and to them when they come back', async () => {
    const { join, connect, roomId } = await hostOneRoom();
    const bo = await join('bo');
    const ada = await join('ada');
    ada.session.ended();
    const eve = connect('eve');
    const { userId } = await eve.joinRoom({ roomId, userName: 'Ada', userId: 'ada' });
    expect(userId).not.toBe('ada');
    // Written to Ada while she is away: it reaches nobody.
    await expect(bo.sendMessage({ roomId, message: 'psst', to: 'ada' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const back = await join('ada', { sessionToken: ada.answer.sessionToken });
    expect(back.answer.userId).toBe('ada');
    await bo.sendMessage({ roomId, message: 'psst', to: 'ada' });
    expect(back.connection.told('newMessage')).toHaveLength(1);
    expect(eve.connection.told('newMessage')).toHaveLength(0);
  });

  it('of somebody whose membership was deleted, because many others came and went, is given to nobody else', async () => {
    const { join, connect, clock, roomId } = await hostOneRoom();
    const host = await join('host');
    const victim = await join('victim');
    victim.session.ended();
    for (let index = 0; index < MAX_MEMBERSHIPS_PER_ROOM; index++) {
      const stranger = await join(`s${index}`);
      clock.advance(4000);
      stranger.session.ended();
    }
    const eve = connect('eve');
    const { userId } = await eve.joinRoom({ roomId, userName: 'Eve', userId: 'victim' });
    expect(userId).not.toBe('victim');
    const { sessionToken } = victim.answer;
    const back = await join('victim', { sessionToken });
    expect(back.answer.sessionToken, 'The membership was to be deleted.').not.toBe(sessionToken);
    const writing = host.sendMessage({ roomId, message: 'psst', to: 'victim' });
    await expect(writing).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of somebody whose recovery window is over is given to nobody else either', async () => {
    const { join, clock } = await hostOneRoom();
    await join('bo');
    const ada = await join('ada');
    ada.session.lost();
    clock.advance(RECOVERY_MS);
    await expect(join('ada')).resolves.not.toMatchObject({ answer: { userId: 'ada' } });
  });
});

describe('a membership', () => {
  it('is not forgotten because others come and go', async () => {
    const { join, clock, rooms, roomId } = await hostOneRoom();
    await join('host');
    const ada = await join('ada');
    clock.advance(60_000);
    ada.session.ended();
    for (let index = 0; index < MAX_MEMBERSHIPS_PER_ROOM + 10; index++) {
      clock.advance(1000);
      const stranger = await join(`s${index}`);
      stranger.session.ended();
    }
    expect(rooms.info(roomId, '192.0.2.9').participants).toBe(1);
    const back = await join('ada', { sessionToken: ada.answer.sessionToken });
    expect(back.answer.userId).toBe('ada');
  });
});

describe('a join whose media fails', () => {
  it('has displaced nobody', async () => {
    const { join, connect, media, roomId } = await hostOneRoom();
    const bo = await join('bo');
    const { sessionToken, role } = bo.answer;
    expect(role).toBe('host');
    media.failure = new Error('no port left');
    const again = connect('again');
    const joining = again.joinRoom({
      roomId,
      userName: 'bo',
      sessionToken,
      rtpCapabilities: capabilities,
      transports: true,
    });
    await expect(joining).rejects.toThrow('no port left');
    expect(bo.connection.takeNames()).toEqual([]);
    await bo.react({ reaction: '👍' });
    await expect(join('bo', { sessionToken })).resolves.toMatchObject({ answer: { role: 'host', userId: 'bo' } });
  });
});
