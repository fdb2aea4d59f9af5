/** The places a window can be opened for. */
import { pathOf } from '../../../src-shared/invite.ts';
import type { HomePlace, MeetingPlace } from '../../../src-shared/ipc.ts';
import { ORIGIN } from '../page/scheme.ts';
import type { Pin } from '../trust/verify.ts';

export type Where = Omit<HomePlace, 'hosting' | 'computer'> | MeetingPlace;

/** What the window's session is held to. */
export function pinOf(where: Where): Pin | null {
  if (where.at === 'home') return null;
  return { origin: where.invite.origin, fingerprint: where.invite.fingerprint ?? null };
}

/** The page for a place. What it needs to know of it, the invite's token above all, it asks for over IPC. */
export function addressOf(where: Where): string {
  if (where.at === 'home') return `${ORIGIN}/`;
  return `${ORIGIN}${pathOf(where.invite)}`;
}
