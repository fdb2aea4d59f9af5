import { describe, expect, it } from 'vitest';
import type { Role } from '../../../../src-shared/protocol/index.ts';
import { hostWithInvites } from '../admission/testing.ts';
import { hostOneRoom, rtpParameters } from '../testing.ts';

/** The last change of somebody that they were told of. */
const role = (answer: { connection: { told: (name: 'participantUpdated') => unknown[] } }) =>
  answer.connection.told('participantUpdated').at(-1);

describe('in a room that takes more than its id to join', () => {
  const guarded = async () => {
    const world = await hostWithInvites();
    const host = await world.join('host', { token: world.hostToken });
    await host.setRoom({ lobbyMode: 'uninvited' });
    const invited = async (name: string, by: Role = 'participant') =>
      world.join(name, { token: (await world.invite({ role: by, name })).token });
    return { ...world, host, invited };
  };

  it('nobody becomes host by being the first, or by staying', async () => {
    const { host, invited } = await guarded();
    await host.leaveRoom({});
    const ada = await invited('ada');
    expect(ada.answer.role).toBe('participant');
    const bo = await invited('bo');
    await ada.leaveRoom({});
    expect(role(bo)).toBeUndefined();
  });

  it('the next one stands in for a host who has gone, as co-host, until a host is there', async () => {
    const { host, invited, join } = await guarded();
    const ada = await invited('ada');
    const { sessionToken } = host.answer;
    await host.leaveRoom({});
    expect(role(ada)).toMatchObject({ participant: { role: 'co-host' } });
    await expect(ada.setRoom({ locked: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ada.endMeeting({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ada.admit({ all: true })).resolves.toEqual({});
    const bo = await invited('bo');
    await ada.leaveRoom({});
    expect(role(bo)).toMatchObject({ participant: { role: 'co-host' } });
    // A host who comes back is host again, without the host token.
    const back = await join('host', { sessionToken });
    expect(back.answer.role).toBe('host');
    expect(role(bo)).toMatchObject({ participant: { role: 'participant' } });
  });

  it('who has stood in may not share any more, where the room says so, when a host is there', async () => {
    const { host, invited, join, hostToken, media } = await guarded();
    await host.setRoom({ permissions: { share: false } });
    const ada = await invited('ada');
    await host.leaveRoom({});
    await ada.createProducerTransport({});
    await ada.produce({ kind: 'video', source: 'screen', rtpParameters });
    expect(media.producers.size).toBe(1);
    await join('host', { token: hostToken });
    expect(media.producers.size).toBe(0);
  });

  it('who stood in when the host’s process was killed does not where a host is there', async () => {
    const { host, invited, store, tokens, hostToken, roomId } = await guarded();
    const ada = await invited('ada');
    await host.leaveRoom({});
    expect(role(ada)).toMatchObject({ participant: { role: 'co-host' } });
    const restarted = await hostOneRoom({ store, tokens });
    await restarted.rooms.restore();
    await restarted.join('host', { roomId, token: hostToken });
    const { answer } = await restarted.join('ada', { roomId, sessionToken: ada.answer.sessionToken });
    expect(answer.role).toBe('participant');
  });

  it('a host who has handed over does not become host by coming back', async () => {
    const { host, invited, join } = await guarded();
    const ada = await invited('ada');
    await host.setRole({ userId: 'ada', role: 'host' });
    await host.leaveRoom({});
    await ada.leaveRoom({});
    expect((await join('host', { sessionToken: host.answer.sessionToken })).answer.role).toBe('co-host');
    expect((await join('ada', { sessionToken: ada.answer.sessionToken })).answer.role).toBe('host');
  });
});
