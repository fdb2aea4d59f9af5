import { describe, expect, it } from 'vitest';
import { capabilities, rtpParameters } from '../testing.ts';
import { hostWithInvites, refusal } from './testing.ts';

const heldCamera = { kind: 'video', rtpParameters, held: true } as const;

describe('a viewer', () => {
  it('may not send, and never becomes host', async () => {
    const { join, invite, media } = await hostWithInvites();
    const { token } = await invite({ role: 'viewer' });
    const viewer = await join('viewer', { token });
    expect(viewer.answer).toMatchObject({ role: 'viewer', isHost: false });
    await expect(viewer.produce({ kind: 'video', rtpParameters })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(media.producers.size).toBe(0);
    const { sessionToken } = viewer.answer;
    expect((await join('viewer', { sessionToken })).answer.role).toBe('viewer');
  });

  it('who joins again on the same connection, and shows no token, is still a viewer', async () => {
    const { join, invite, connect, roomId } = await hostWithInvites();
    await join('host');
    const { token } = await invite({ role: 'viewer' });
    const viewer = connect('viewer');
    const first = await viewer.joinRoom({ roomId, userName: 'viewer', token });
    await viewer.leaveRoom({});
    const again = await viewer.joinRoom({ roomId, userName: 'viewer' });
    expect(again).toMatchObject({ role: 'viewer', userId: first.userId });
    await expect(viewer.produce({ kind: 'video', rtpParameters })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    ['another userId', { userId: 'another' }],
    ['a session token that nobody has', { sessionToken: 'x'.repeat(43) }],
  ])('who joins again on the same connection with %s is still a viewer', async (_what, request) => {
    const { join, invite, connect, roomId } = await hostWithInvites();
    await join('host');
    const { token } = await invite({ role: 'viewer' });
    const viewer = connect('viewer');
    const first = await viewer.joinRoom({ roomId, userName: 'viewer', userId: 'viewer', token });
    await viewer.leaveRoom({});
    const again = await viewer.joinRoom({ roomId, userName: 'viewer', ...request });
    expect(again.role).toBe('viewer');
    // It is somebody else for the room: nobody reads the first one's private messages.
    expect(again.userId).not.toBe(first.userId);
    expect(again.sessionToken).not.toBe(first.sessionToken);
    await expect(viewer.produce({ kind: 'video', rtpParameters })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('who joins again on the same connection after another room is still a viewer', async () => {
    const { join, invite, connect, rooms, roomId } = await hostWithInvites();
    await join('host');
    const { token } = await invite({ role: 'viewer' });
    const other = await rooms.create({ hostName: 'Bo' });
    const viewer = connect('viewer');
    const first = await viewer.joinRoom({ roomId, userName: 'viewer', token });
    await viewer.leaveRoom({});
    await viewer.joinRoom({ roomId: other.roomId, userName: 'viewer' });
    await viewer.leaveRoom({});
    const again = await viewer.joinRoom({ roomId, userName: 'viewer' });
    expect(again).toMatchObject({ role: 'viewer', userId: first.userId });
  });

  it('whose invite was revoked does not join again on the same connection as somebody else', async () => {
    const { join, invite, invites, connect, roomId } = await hostWithInvites();
    await join('host');
    const { id, token } = await invite({ role: 'viewer' });
    const viewer = connect('viewer');
    await viewer.joinRoom({ roomId, userName: 'viewer', token });
    await viewer.leaveRoom({});
    invites.revoke(roomId, id);
    const joining = viewer.joinRoom({ roomId, userName: 'viewer', userId: 'another' });
    await expect(joining).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('who was host for a while is a viewer again afterwards', async () => {
    const { join, invite, hostToken } = await hostWithInvites();
    const { token } = await invite({ role: 'viewer' });
    const { answer, leaveRoom } = await join('viewer', { token });
    await leaveRoom({});
    const { sessionToken } = answer;
    const asHost = await join('viewer', { sessionToken, token: hostToken });
    expect(asHost.answer.role).toBe('host');
    await asHost.leaveRoom({});
    await expect(join('viewer', { sessionToken })).resolves.toMatchObject({ answer: { role: 'viewer' } });
  });

  it('may not hold anything ready either', async () => {
    const { connect, invite, roomId } = await hostWithInvites();
    const { token } = await invite({ role: 'viewer' });
    const viewer = connect('viewer');
    await viewer.prepare({ roomId, rtpCapabilities: capabilities, token });
    await expect(viewer.produce(heldCamera)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('whose invite comes only with the joining loses what was held, unseen', async () => {
    const { join, prepare, invite, roomId, media } = await hostWithInvites();
    const host = await join('host');
    const { token } = await invite({ role: 'viewer' });
    const viewer = await prepare('viewer');
    await viewer.produce(heldCamera);
    const making = refusal(viewer.produce({ ...heldCamera, producerId: crypto.randomUUID() }));
    await viewer.joinRoom({ roomId, userName: 'viewer', token });
    await making;
    expect(media.producers.size).toBe(0);
    expect(host.connection.takeNames()).toEqual(['peer-joined']);
  });
});
