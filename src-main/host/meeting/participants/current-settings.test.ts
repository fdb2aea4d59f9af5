import { expect, it } from 'vitest';
import { hostWithInvites } from '../admission/testing.ts';

it('a change that takes a moment undoes nothing that was changed meanwhile', async () => {
  const { join, hostToken, invite, rooms, roomId } = await hostWithInvites();
  const host = await join('host', { token: hostToken });
  const coHost = await join('co-host', { token: (await invite({ role: 'co-host' })).token });
  await join('mallory');
  const changing = host.setRoom({ passcode: 'open sesame' });
  await coHost.removeParticipant({ userId: 'mallory' });
  await changing;
  expect(rooms.info(roomId, '192.0.2.1')).toMatchObject({ passcode: true, lobbyMode: 'uninvited' });
});
