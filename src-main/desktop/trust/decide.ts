/** Decides whether the certificate of a host is accepted, and why. */
import type { Trust } from '../../../src-shared/ipc.ts';
import { DesktopError } from '../ipc/desktop-error.ts';
import type { Seen } from './handshake.ts';
import type { KnownHost } from './known-hosts.ts';

export interface Decision {
  trust: Trust;
  /** The key to pin; null: Chromium verifies the certificate against the CAs. */
  fingerprint: string | null;
  /** What to store for the address. */
  remember: KnownHost;
}

export interface Evidence {
  /** The fingerprint in the link. */
  named: string | undefined;
  /** The certificate that the address has now. */
  seen: Seen;
  /** What is stored for the address. */
  known: KnownHost | undefined;
  /** Whether the person agreed that the key in the link replaces the known one. */
  replaces: boolean;
}

/**
 * If the link contains a fingerprint, the host must have that key. A known address must have the key or CA
 * that is stored for it; a link may replace the stored key only if the person agreed. An unknown address is
 * accepted, and the person compares the words, unless a CA has issued the certificate.
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

/** Whether the certificate matches what is stored for the address. */
function isAs(known: KnownHost, { fingerprint, vouchedFor }: Seen): boolean {
  return known.trust === 'ca' ? vouchedFor : known.fingerprint === fingerprint;
}
