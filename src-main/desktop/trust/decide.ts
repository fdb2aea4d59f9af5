/** Whether, and why, the key that answers at an address is believed. */
import type { Trust } from '../../../src-shared/ipc.ts';
import { ShellError } from '../ipc/shell-error.ts';
import type { Seen } from './handshake.ts';

export interface Decision {
  trust: Trust;
  /** What to pin; null: leave it to Chromium and the authorities. */
  fingerprint: string | null;
}

/**
 * A link's fingerprint decides alone. A link without one is believed when an authority vouches for
 * the host, when the address has answered with this key before, or when it has never answered: then
 * the words are there to compare.
 *
 * @param named the fingerprint in the link
 * @param seen what answers at the address now
 * @param known the key this address had the last time
 * @throws {ShellError} KEY_CHANGED
 */
export function decide(named: string | undefined, seen: Seen, known: string | undefined): Decision {
  if (named !== undefined) {
    if (named === seen.fingerprint) return { trust: 'link', fingerprint: named };
    throw new ShellError('KEY_CHANGED', 'The computer at this address has another key than the link names');
  }
  if (seen.vouchedFor) return { trust: 'authority', fingerprint: null };
  if (known === undefined) return { trust: 'first-use', fingerprint: seen.fingerprint };
  if (known === seen.fingerprint) return { trust: 'known', fingerprint: known };
  throw new ShellError('KEY_CHANGED', 'The computer at this address had another key the last time');
}
