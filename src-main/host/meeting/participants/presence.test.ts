import { describe, expect, it, vi } from 'vitest';
import { RECOVERY_MS } from '../../../../src-shared/limits.ts';
import { FakeConnection, capabilities, hostOneRoom, operationsOf, rtpParameters } from '../testing.ts';

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
    expect((await ada.describeParticipants({})).participants).toEqual(expected);

    bo.session.lost();
    clock.advance(1000);
    expect((await ada.describeParticipants({})).participants).toEqual(expected);
    bo.session.recovered();
    await join('bo', { sessionToken: bo.answer.sessionToken });
    expect((await ada.describeParticipants({})).participants).toEqual(expected);
  });

  it('and what they send may be looked at by the prepared, and not by strangers', async () => {
    const { connect, join, prepare } = await hostOneRoom();
    const ada = await join('ada');
    const { producerId } = await ada.produce(camera);
    const other = await ada.produce(camera);
    const user = await prepare('guest');
    expect(await user.describeParticipants({})).toMatchObject({ participants: [{ userId: 'ada' }] });
    expect(await user.describeProducers({})).toMatchObject({ producers: [{ producerId }, other] });
    expect((await user.describeProducers({ producerId })).producers).toMatchObject([{ producerId }]);
    expect(await ada.describeProducers({ producerId })).toEqual({ producers: [] });
    await expect(connect('stranger').describeParticipants({})).rejects.toEqual(
      expect.objectContaining({ code: 'NOT_JOINED' }),
    );
  });
});

describe('a gateway is told that a person has gone', () => {
  async function setUp() {
    const host = await hostOneRoom();
    const onGone = vi.fn();
    const session = host.rooms.connect(new FakeConnection('guest'), undefined, { onGone });
    const join = () => operationsOf(session).joinRoom({ roomId: host.roomId, userName: 'guest' });
    return { ...host, onGone, session, join };
  }

  it('when they leave', async () => {
    const { onGone, session, join } = await setUp();
    await join();
    expect(onGone).not.toHaveBeenCalled();
    await operationsOf(session).leaveRoom({});
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('when what was made ready is given up', async () => {
    const { onGone, session, roomId } = await setUp();
    await operationsOf(session).prepare({ roomId, rtpCapabilities: capabilities });
    session.ended();
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('when they were lost and do not come back', async () => {
    const { clock, onGone, session, join } = await setUp();
    await join();
    session.lost();
    clock.advance(RECOVERY_MS - 1);
    expect(onGone).not.toHaveBeenCalled();
    clock.advance(1);
    expect(onGone).toHaveBeenCalledOnce();
  });

  it('when the meeting ends', async () => {
    const { rooms, onGone, join } = await setUp();
    await join();
    rooms.close('Enough.');
    expect(onGone).toHaveBeenCalledOnce();
  });
});
