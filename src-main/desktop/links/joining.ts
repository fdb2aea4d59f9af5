/** From a link to the place its meeting is in. */
import { buildInvite, parseInvite } from '../../../src-shared/invite.ts';
import type { Invite } from '../../../src-shared/invite.ts';
import type { MeetingPlace } from '../../../src-shared/ipc.ts';
import { ShellError } from '../ipc/shell-error.ts';
import { decide } from '../trust/decide.ts';
import type { Seen } from '../trust/handshake.ts';

export interface JoiningOptions {
  probe: (origin: string) => Promise<Seen>;
  known: { get(origin: string): string | undefined; remember(origin: string, fingerprint: string): void };
  /** The place of a meeting this computer hosts itself, reached over the loopback. */
  hosted: (roomId: string, fingerprint: string | undefined) => MeetingPlace | null;
}

/**
 * Looks at the host a link names and decides whether its key is believed.
 *
 * @throws {ShellError} NOT_A_LINK, UNREACHABLE, KEY_CHANGED
 */
export async function placeOf(link: string, { probe, known, hosted }: JoiningOptions): Promise<MeetingPlace> {
  const invite = parseInvite(link);
  if (!invite) throw new ShellError('NOT_A_LINK', 'This is no link to a meeting');
  const own = hosted(invite.roomId, invite.fingerprint);
  if (own) return own;
  const { fingerprint: named, ...rest } = invite;
  const { trust, fingerprint } = decide(named, await probe(invite.origin), known.get(invite.origin));
  if (fingerprint !== null) known.remember(invite.origin, fingerprint);
  const pinned = fingerprint === null ? rest : { ...rest, fingerprint };
  return { at: 'meeting', invite: pinned, link: toPassOn(invite), own: false, opened: false, trust };
}

/** The link without the token, which is one person's; its fingerprint stays, if it had one. */
const toPassOn = ({ origin, roomId, desk, fingerprint }: Invite) =>
  buildInvite({ origin, roomId, ...(desk && { desk }), ...(fingerprint !== undefined && { fingerprint }) });
