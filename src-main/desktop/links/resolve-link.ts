/** Resolves a link to its host, and to the context of the window that opens its meeting. */
import { buildInvite, parseInvite } from '../../../src-shared/invite.ts';
import type { Invite } from '../../../src-shared/invite.ts';
import type { JoinConsent, LinkedHost, MeetingContext } from '../../../src-shared/ipc.ts';
import { fingerprintWords } from '../../../src-shared/words.ts';
import { DesktopError } from '../ipc/desktop-error.ts';
import { decide } from '../trust/decide.ts';
import type { Seen } from '../trust/handshake.ts';
import type { KnownHosts } from '../trust/known-hosts.ts';
import type { MediaConsents } from '../trust/media-consents.ts';

export interface ResolveLinkOptions {
  probe: (origin: string) => Promise<Seen>;
  known: Pick<KnownHosts, 'get' | 'remember'>;
  consents: Pick<MediaConsents, 'has' | 'add'>;
  /** The context of a meeting this computer hosts itself, reached over the loopback interface. */
  hosted: (roomId: string, fingerprint: string | undefined) => MeetingContext | null;
}

/**
 * What is known of the host before anything is sent to it.
 *
 * @throws {DesktopError} NOT_A_LINK
 */
export function hostOfLink(link: string, { known, consents, hosted }: ResolveLinkOptions): LinkedHost {
  const invite = parse(link);
  const { origin, roomId, fingerprint } = invite;
  const before = known.get(origin);
  const keyBefore = before?.trust === 'key' ? before.fingerprint : undefined;
  const own = hosted(roomId, fingerprint) !== null;
  // A host known by `ca` may have renewed its key: only the handshake tells.
  const replaces = fingerprint !== undefined && keyBefore !== undefined && fingerprint !== keyBefore;
  const key = fingerprint ?? keyBefore ?? null;
  const identified = key !== null || before?.trust === 'ca';
  return {
    address: new URL(origin).host,
    own,
    words: key === null ? null : fingerprintWords(key),
    wordsBefore: replaces ? fingerprintWords(keyBefore) : null,
    met: before !== undefined && !replaces,
    consented: own || (identified && !replaces && consents.has({ origin, fingerprint: key })),
  };
}

/**
 * Connects to the host that a link names, decides whether its certificate is accepted, and stores the host
 * and the person's consent.
 *
 * @param consent what the person agreed to after they saw `hostOfLink`
 * @throws {DesktopError} NOT_A_LINK, CONSENT_REQUIRED, UNREACHABLE, KEY_CHANGED, KEY_UNCONFIRMED
 */
export async function resolveLink(
  link: string,
  consent: JoinConsent | undefined,
  options: ResolveLinkOptions,
): Promise<MeetingContext> {
  const { probe, known, consents, hosted } = options;
  const invite = parse(link);
  const own = hosted(invite.roomId, invite.fingerprint);
  if (own) return own;
  if (!consent && !hostOfLink(link, options).consented)
    throw new DesktopError('CONSENT_REQUIRED', 'The person has not agreed to go to this host');
  const { fingerprint: named, ...rest } = invite;
  const { origin } = invite;
  const seen = await probe(origin);
  const decision = decide({ named, seen, known: known.get(origin), replaces: consent === 'new-key' });
  const { trust, fingerprint, remember } = decision;
  known.remember(origin, remember);
  if (consent) consents.add({ origin, fingerprint });
  const pinned = fingerprint === null ? rest : { ...rest, fingerprint };
  return { at: 'meeting', invite: pinned, link: toPassOn(invite), own: false, opened: false, trust };
}

function parse(link: string): Invite {
  const invite = parseInvite(link);
  if (!invite) throw new DesktopError('NOT_A_LINK', 'This is no link to a meeting');
  return invite;
}

/** The link without its token, which belongs to one person; the room's key and the fingerprint stay in it. */
const toPassOn = ({ origin, roomId, desk, key, fingerprint }: Invite) =>
  buildInvite({
    ...{ origin, roomId, ...(desk && { desk }) },
    ...(key !== undefined && { key }),
    ...(fingerprint !== undefined && { fingerprint }),
  });
