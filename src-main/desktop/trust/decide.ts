/** Whether, and why, the certificate that an address answers with is accepted. */
import type { Trust } from '../../../src-shared/ipc.ts';
import { DesktopError } from '../ipc/desktop-error.ts';
import type { Seen } from './handshake.ts';
import type { KnownHost } from './known-hosts.ts';

export interface Decision {
  trust: Trust;
  /** What to pin; null: Chromium and the authorities decide. */
  fingerprint: string | null;
  /** What the address is to be known by from now on. */
  remember: KnownHost;
}

export interface Evidence {
  /** The fingerprint in the link. */
  named: string | undefined;
  /** What the address answers with now. */
  seen: Seen;
  /** What the address was known by until now. */
  known: KnownHost | undefined;
  /** Whether the person agreed that the key in the link replaces the known one. */
  replaces: boolean;
}

/**
 * A link's key must be the one that answers. Beyond that, a known address must answer as it is known:
 * a link may replace that only when the person agreed. An unknown address is accepted, and the person
 * compares the words, unless an authority vouches for it.
 *
 * @throws {DesktopError} KEY_CHANGED, or KEY_UNCONFIRMED when the person's agreement is missing
 */
export function decide({ named, seen, known, replaces }: Evidence): Decision {
  if (named !== undefined) {
    if (named !== seen.fingerprint)
      throw new DesktopError('KEY_CHANGED', 'The computer at this address has another key than the link names');
    if (known && isAs(known, seen)) return { trust: 'link', fingerprint: named, remember: known };
    if (known && !replaces)
      throw new DesktopError('KEY_UNCONFIRMED', 'The link names another key than this address is known by');
    return { trust: 'link', fingerprint: named, remember: { trust: 'key', fingerprint: named } };
  }
  if (known && !isAs(known, seen))
    throw new DesktopError('KEY_CHANGED', 'The computer at this address had another key the last time');
  if (known?.trust === 'ca' || (!known && seen.vouchedFor))
    return { trust: 'authority', fingerprint: null, remember: { trust: 'ca' } };
  const { fingerprint } = seen;
  return { trust: known ? 'known' : 'first-use', fingerprint, remember: { trust: 'key', fingerprint } };
}

/** Whether a known address answers as it is known. */
function isAs(known: KnownHost, { fingerprint, vouchedFor }: Seen): boolean {
  return known.trust === 'ca' ? vouchedFor : known.fingerprint === fingerprint;
}
