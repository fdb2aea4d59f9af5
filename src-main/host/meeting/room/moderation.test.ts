import { describe, expect, it } from 'vitest';
import { PERMISSIONS_OF } from '../../../../src-shared/permissions.ts';
import { moderationRequests } from '../../../../src-shared/protocol/signaling/moderation.ts';
import type { Source } from '../../../../src-shared/protocol/index.ts';
import { hostWithInvites, refusal } from '../admission/testing.ts';
import { operationTable } from '../session/operation-table.ts';
import { rtpParameters } from '../testing.ts';

/** A room with a host and somebody of each other role in it. */
async function runRoom() {
  const world = await hostWithInvites();
  const { invite, join } = world;
  const host = await join('host', { token: world.hostToken });
  const coHost = await join('co-host', { token: (await invite({ role: 'co-host' })).token });
  const participant = await join('participant');
  const viewer = await join('viewer', { token: (await invite({ role: 'viewer' })).token });
  for (const { createProducerTransport } of [host, coHost, participant]) await createProducerTransport({});
  const send = async (who: typeof host, source: Source, more: { paused?: boolean } = {}) => {
    const kind = source === 'camera' || source === 'screen' ? ('video' as const) : ('audio' as const);
    return (await who.produce({ kind, source, rtpParameters, ...more })).producerId;
  };
  const isPaused = (producerId: string) => world.media.producers.get(producerId)?.paused;
  return { ...world, host, 'co-host': coHost, participant, viewer, send, isPaused };
}

const role = (answer: { connection: { told: (name: 'participantUpdated') => unknown[] } }) =>
  answer.connection.told('participantUpdated').at(-1);

describe('every operation of those who run a meeting', () => {
  const names = Object.keys(moderationRequests).filter((name) => name !== 'updateWaiting');
  const roles = ['host', 'co-host', 'participant', 'viewer'] as const;
  const payloads: Record<string, object> = {
    admit: { all: true },
    deny: { all: true },
    muteAll: {},
    setRole: { userId: 'viewer', role: 'participant' },
    setRoom: { locked: true },
    endMeeting: {},
  };

  it.each(names.flatMap((name) => roles.map((by) => [name, by] as const)))('%s, by a %s', async (name, by) => {
    const room = await runRoom();
    const { permission } = operationTable[name as keyof typeof operationTable];
    const target = by === 'viewer' ? 'participant' : 'viewer';
    const asked = Promise.try(() =>
      room[by].session.perform(name as never, (payloads[name] ?? { userId: target }) as never),
    );
    const allowed = permission !== null && PERMISSIONS_OF[by].includes(permission);
    // A viewer sends nothing that they could be asked for.
    if (allowed && name === 'askToUnmute') await expect(refusal(asked)).resolves.toMatchObject({ code: 'FORBIDDEN' });
    else if (allowed) await expect(asked).resolves.toBeDefined();
    else await expect(refusal(asked)).resolves.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each(names.filter((name) => !(name in payloads)))('%s is not for a co-host to do to the host', async (name) => {
    const { 'co-host': coHost } = await runRoom();
    const asked = Promise.try(() => coHost.session.perform(name as never, { userId: 'host' } as never));
    await expect(refusal(asked)).resolves.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each(names.filter((name) => !(name in payloads) || name === 'setRole'))(
    '%s of somebody who is not there',
    async (name) => {
      const { host } = await runRoom();
      const asked = Promise.try(() =>
        host.session.perform(name as never, { userId: 'nobody', role: 'viewer' } as never),
      );
      await expect(refusal(asked)).resolves.toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});

describe('a microphone', () => {
  it('is muted at the host, and everybody is told', async () => {
    const { host, participant, viewer, send, isPaused } = await runRoom();
    const producerId = await send(participant, 'microphone');
    expect(isPaused(producerId)).toBe(false);
    await host.muteParticipant({ userId: 'participant' });
    expect(isPaused(producerId)).toBe(true);
    expect(participant.connection.told('mutedByHost')).toEqual([{ source: 'microphone' }]);
    for (const { connection } of [participant, viewer])
      expect(connection.told('producerPaused')).toEqual([{ producerId }]);
    expect(viewer.connection.told('mutedByHost')).toEqual([]);
  });

  it('that was muted stays so when the client sends anew, until its owner turns it on', async () => {
    const { host, participant, send, isPaused } = await runRoom();
    await send(participant, 'microphone');
    await host.muteParticipant({ userId: 'participant' });
    await participant.createProducerTransport({});
    const producerId = await send(participant, 'microphone', { paused: false });
    expect(isPaused(producerId)).toBe(true);
    expect(participant.connection.told('mutedByHost')).toHaveLength(2);
    await participant.resumeProducer({ producerId });
    expect(isPaused(producerId)).toBe(false);
    expect(isPaused(await send(participant, 'microphone', { paused: false }))).toBe(false);
  });

  it('that is muted while its owner turns it on stays off, and they are told', async () => {
    const { host, participant, send, isPaused } = await runRoom();
    const producerId = await send(participant, 'microphone', { paused: true });
    await Promise.all([participant.resumeProducer({ producerId }), host.muteParticipant({ userId: 'participant' })]);
    expect(isPaused(producerId)).toBe(true);
    expect(participant.connection.told('mutedByHost')).toEqual([{ source: 'microphone' }]);
  });

  it('is turned on by participants only when asked, where the room says so', async () => {
    const { host, participant, 'co-host': coHost, send, isPaused } = await runRoom();
    await host.setRoom({ permissions: { unmute: false } });
    const producerId = await send(participant, 'microphone', { paused: false });
    expect(isPaused(producerId)).toBe(true);
    await expect(participant.resumeProducer({ producerId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(isPaused(await send(coHost, 'microphone'))).toBe(false);
    await host.askToUnmute({ userId: 'participant' });
    expect(participant.connection.told('unmuteAsked')).toEqual([{}]);
    expect(isPaused(producerId)).toBe(true);
    await participant.resumeProducer({ producerId });
    expect(isPaused(producerId)).toBe(false);
    await host.muteParticipant({ userId: 'participant' });
    await expect(participant.resumeProducer({ producerId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('of everybody is muted but one’s own and those of who ranks higher', async () => {
    const { host, participant, 'co-host': coHost, send, isPaused } = await runRoom();
    const of = { host: await send(host, 'microphone'), coHost: await send(coHost, 'microphone') };
    const theirs = await send(participant, 'microphone');
    const camera = await send(participant, 'camera');
    await coHost.muteAll({});
    expect([of.host, of.coHost, theirs, camera].map(isPaused)).toEqual([false, false, true, false]);
    await host.muteAll({});
    expect([of.host, of.coHost].map(isPaused)).toEqual([false, true]);
  });
});

it('a camera is paused, and its owner may turn it on again', async () => {
  const { host, participant, send, isPaused } = await runRoom();
  const producerId = await send(participant, 'camera');
  await host.stopVideo({ userId: 'participant' });
  expect(isPaused(producerId)).toBe(true);
  expect(participant.connection.told('mutedByHost')).toEqual([{ source: 'camera' }]);
  await participant.resumeProducer({ producerId });
  expect(isPaused(producerId)).toBe(false);
});

it('a screen share ends with its sound, also when the room allows it no more', async () => {
  const { host, participant, send, media } = await runRoom();
  const share = async () => [await send(participant, 'screen'), await send(participant, 'screen-audio')];
  const first = await share();
  await host.stopShare({ userId: 'participant' });
  for (const producerId of first) expect(media.producers.has(producerId)).toBe(false);
  expect(participant.connection.told('mutedByHost')).toEqual([{ source: 'screen' }]);
  const second = await share();
  await host.setRoom({ permissions: { share: false } });
  for (const producerId of second) expect(media.producers.has(producerId)).toBe(false);
  await expect(send(participant, 'screen')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(send(host, 'screen')).resolves.toBeDefined();
});

it('what a room allows holds for participants and viewers, not for those who run it', async () => {
  const { host, participant, viewer, 'co-host': coHost, roomId } = await runRoom();
  await host.setRoom({ permissions: { chat: false, react: false, rename: false } });
  for (const [who, refused] of [
    [participant, true],
    [viewer, true],
    [coHost, false],
    [host, false],
  ] as const) {
    for (const asked of [
      who.sendMessage({ roomId, message: 'hello' }),
      who.react({ reaction: '👍' }),
      who.setName({ userName: 'Somebody' }),
    ]) {
      if (refused) await expect(refusal(asked)).resolves.toMatchObject({ code: 'FORBIDDEN' });
      else await expect(asked).resolves.toBeDefined();
    }
  }
});

it('everybody is told of the room’s settings', async () => {
  const { host, viewer } = await runRoom();
  await host.setRoom({ locked: true, passcode: 'x', permissions: { chat: false } });
  const room = {
    locked: true,
    passcode: true,
    linkKey: false,
    lobbyMode: 'off',
    permissions: { chat: false, share: true },
  };
  expect(viewer.connection.told('roomUpdated')).toMatchObject([{ room }]);
  expect(JSON.stringify(viewer.connection.events)).not.toContain('passcodeHash');
});

describe('a role', () => {
  it('is given and taken, and ends what it does not allow to send', async () => {
    const { host, participant, viewer, send, media } = await runRoom();
    const producerId = await send(participant, 'camera');
    await host.setRole({ userId: 'participant', role: 'viewer' });
    expect(media.producers.has(producerId)).toBe(false);
    expect(viewer.connection.told('producerClosed')).toEqual([{ producerId }]);
    await expect(send(participant, 'camera')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await host.setRole({ userId: 'viewer', role: 'participant' });
    await viewer.createProducerTransport({});
    await expect(send(viewer, 'camera')).resolves.toBeDefined();
  });

  it('of host is handed over by the host, who becomes co-host', async () => {
    const { host, participant } = await runRoom();
    await host.setRole({ userId: 'participant', role: 'host' });
    expect(role(participant)).toMatchObject({ participant: { userId: 'participant', role: 'host', isHost: true } });
    await expect(host.setRoom({ locked: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(participant.setRole({ userId: 'host', role: 'viewer' })).resolves.toEqual({});
  });

  it('of one’s own is not changed', async () => {
    const { host } = await runRoom();
    await expect(host.setRole({ userId: 'host', role: 'viewer' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(host.removeParticipant({ userId: 'host' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('that was given is there again after a restart of the host', async () => {
    const { host, participant, rooms, store, tokens, roomId } = await runRoom();
    await host.setRole({ userId: 'participant', role: 'co-host' });
    const { sessionToken } = participant.answer;
    rooms.close('Restarting.', { forGood: false });
    const record = store.memberships.find(roomId, tokens.hash(sessionToken));
    expect(record).toMatchObject({ role: 'co-host', baseRole: 'co-host' });
  });
});

describe('somebody who was removed', () => {
  it('is gone at once, is told nothing more, and their tokens are worth nothing', async () => {
    const { host, invite, join, roomId } = await runRoom();
    const { token } = await invite({ role: 'participant', name: 'Eve' });
    const eve = await join('eve', { token });
    const { sessionToken } = eve.answer;
    eve.connection.takeNames();
    await host.removeParticipant({ userId: 'eve' });
    expect(eve.connection.closed).toBe(true);
    expect(eve.connection.reason).toContain('removed');
    await host.sendMessage({ roomId, message: 'now that she is gone' });
    expect(eve.connection.takeNames()).toEqual([]);
    expect(host.connection.told('peerLeft')).toMatchObject([{ userId: 'eve' }]);

    await expect(refusal(join('a', { sessionToken }))).resolves.toMatchObject({ code: 'FORBIDDEN' });
    await expect(refusal(join('b', { token }))).resolves.toMatchObject({ code: 'NOT_FOUND' });
    await expect(refusal(join('c', { token, sessionToken }))).resolves.toMatchObject({ code: 'NOT_FOUND' });
    // As somebody new they wait, as everybody else does now.
    await expect(refusal(join('eve'))).resolves.toMatchObject({ code: 'WAITING' });
    expect(host.connection.told('roomUpdated').at(-1)).toMatchObject({ room: { lobbyMode: 'uninvited' } });
  });

  it('cannot recover a connection that was lost', async () => {
    const { host, participant } = await runRoom();
    participant.session.lost();
    await host.removeParticipant({ userId: 'participant' });
    expect(participant.connection.closed).toBe(true);
    expect(participant.session.recovered()).toBe(false);
  });

  it('leaves a shared invite to the others, and the lobby off where the remover wants it so', async () => {
    const { host, invite, join } = await runRoom();
    const { token } = await invite({ role: 'participant' });
    await join('eve', { token });
    await host.removeParticipant({ userId: 'eve', keepLobbyOff: true });
    expect(host.connection.told('roomUpdated')).toEqual([]);
    await expect(join('bo', { token })).resolves.toBeDefined();
  });

  it('stays removed after a restart of the host', async () => {
    const { host, participant, rooms, store, tokens, roomId } = await runRoom();
    await host.removeParticipant({ userId: 'participant' });
    rooms.close('Restarting.', { forGood: false });
    const { sessionToken } = participant.answer;
    expect(store.memberships.find(roomId, tokens.hash(sessionToken))).toMatchObject({ removed: true });
  });
});

it('the meeting ends for all', async () => {
  const { host, viewer, rooms, roomId } = await runRoom();
  await host.endMeeting({});
  expect(viewer.connection.told('roomClosed')).toHaveLength(1);
  expect(rooms.isOpen(roomId, '192.0.2.9')).toBe(false);
});
