import { afterEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { PersonalLink } from './personal-link.svelte.ts';
import { validateLink } from '../signaling/invites.ts';

vi.mock('../signaling/invites.ts', async (original) => ({ ...(await original<object>()), validateLink: vi.fn() }));
afterEach(() => vi.mocked(validateLink).mockReset());

const invite = (token?: string) => ({ origin: 'https://host', roomId: 'room', ...(token && { token }) });
const PERSONAL = 'a.b.c';

it.each([
  ['holds the room', invite(PERSONAL), true],
  ['came by the room’s own link', invite('held'), false],
  ['came by a link without a token', invite(), false],
])('asks nothing for whoever %s', async (_, by, held) => {
  const link = new PersonalLink(by, { held });
  await link.read();
  expect([link.present, link.name, link.watching]).toEqual([false, null, false]);
  expect(validateLink).not.toHaveBeenCalled();
});

it('says whom it is for, and as what', async () => {
  const content = { roomId: 'room', name: 'Mary', role: 'viewer' } as Awaited<ReturnType<typeof validateLink>>;
  vi.mocked(validateLink).mockResolvedValue(content);
  const link = new PersonalLink(invite(PERSONAL), { held: false });
  await link.read();
  expect([link.present, link.name, link.watching]).toEqual([true, 'Mary', true]);
});

it('says nothing of one that the host refuses', async () => {
  vi.mocked(validateLink).mockRejectedValue(new ProtocolError('NOT_FOUND', 'No such link.'));
  const link = new PersonalLink(invite(PERSONAL), { held: false });
  await link.read();
  expect([link.present, link.name, link.watching]).toEqual([true, null, false]);
});
