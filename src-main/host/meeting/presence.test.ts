import { describe, expect, it, vi } from 'vitest';
import { RECOVERY_MS } from '../../../src-shared/limits.ts';
import { FakeConnection, capabilities, hostOneRoom, rtpParameters } from './testing.ts';

const camera = { kind: 'video', rtpParameters } as const;

describe('who is in', () => {
  it('is listed with the moment they came, which stays when they come back', async () => {
    const { clock, join } = await hostOneRoom();
    const began = clock.now();
    const ada = await join('ada');
    clock.advance(1000);
    const bo = await join('bo');
    const expected = [
      { userId: 'ada', userName: 'ada', joinedAt: began },
      { userId: 'bo', userName: 'bo', joinedAt: began + 1000 },
    ];
    expect(ada.look().present).toEqual(expected);

    bo.visitor.lost();
    clock.advance(1000);
    expect(ada.look().present).toEqual(expected);
    bo.visitor.recovered();
    await join('bo', { sessionToken: bo.answer.sessionToken });
    expect(ada.look().present).toEqual(expected);
  });

  it('and what they send may be looked at by the prepared, and not by strangers', async () => {
    const { arrive, join, prepare } = await hostOneRoom();
    const ada = await join('ada');
    const { producerId } = await ada.produce(camera);
    const guest = await prepare('guest');
    expect(guest.look()).toMatchObject({ present: [{ userId: 'ada' }], producers: [{ producerId }] });
    expect(() => arrive('stranger').look()).toThrow(expect.objectContaining({ code: 'NOT_JOINED' }));
  });
});

describe('a gateway is told that a person has gone', () => {
  async function setUp() {
    const host = await hostOneRoom();
    const onGone = vi.fn();
    const visitor = host.meetings.arrive(new FakeConnection('guest'), undefined, { onGone });
    const join = () => visitor.operations.joinRoom({ roomId: host.roomId, userName: 'guest' });
    return { ...host, onGone, visitor, join };
  }

  it('when they leave', async () => {
    const { onGone, visitor, join } = await setUp();
    await join();
    expect(onGone).not.toHaveBeenCalled();
    await visitor.operations.leaveRoom({});
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('when what was made ready is given up', async () => {
    const { onGone, visitor, roomId } = await setUp();
    await visitor.operations.prepare({ roomId, rtpCapabilities: capabilities });
    visitor.left();
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('when they were lost and do not come back', async () => {
    const { clock, onGone, visitor, join } = await setUp();
    await join();
    visitor.lost();
    clock.advance(RECOVERY_MS - 1);
    expect(onGone).not.toHaveBeenCalled();
    clock.advance(1);
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('when the meeting ends', async () => {
    const { meetings, onGone, join } = await setUp();
    await join();
    meetings.close('Enough.');
    expect(onGone).toHaveBeenCalledOnce();
  });
});
