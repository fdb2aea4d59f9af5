/** Invites of a room on a host of the tests' own. */
import type { CreateInvite } from '../../../../src-shared/protocol/index.ts';
import { hostOneRoom } from '../testing.ts';

export async function hostWithInvites() {
  const host = await hostOneRoom();
  const { invites } = host.rooms;
  const invite = (request: CreateInvite) => invites.create(host.roomId, request);
  return { ...host, invites, invite };
}

/** What a request is refused with. */
export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'let in',
    (error: unknown) => error,
  );
