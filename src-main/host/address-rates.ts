/** How often one address may do something. */
import { isIPv6 } from 'node:net';
import type { TokenBucket } from 'limiter';
import { MAX_TRACKED_ADDRESSES } from '../../src-shared/limits.ts';
import { plainAddress } from './address.ts';
import { type Allowance, fullBucket } from './full-bucket.ts';

/** One token bucket per address; of too many addresses the one seen longest ago is forgotten. */
export class AddressRates {
  readonly #each: Allowance;
  readonly #buckets = new Map<string, TokenBucket>();

  /** @param each of one address */
  constructor(each: Allowance) {
    this.#each = each;
  }

  /** At once as many as in a minute. */
  static perMinute(count: number): AddressRates {
    return new AddressRates({ burst: count, rate: count, interval: 'minute' });
  }

  /** Counts one more. False: too many just now. */
  admit(remoteAddress: string): boolean {
    const key = addressKey(remoteAddress);
    const bucket = this.#buckets.get(key) ?? fullBucket(this.#each);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MAX_TRACKED_ADDRESSES) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket.tryRemoveTokens(1);
  }

  /** Whether one more would be too many just now. Counts nothing. */
  exhausted(remoteAddress: string): boolean {
    return (this.#buckets.get(addressKey(remoteAddress))?.getWaitTime(1) ?? 0) > 0;
  }
}

/**
 * What is counted as one: an IPv4 address, or the /64 of IPv6 addresses that one person may choose from.
 * A link-local address may be chosen freely as well, so all that come by one interface are one.
 */
export function addressKey(remoteAddress: string): string {
  const address = plainAddress(remoteAddress);
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...new Array<string>(zeros).fill('0'), ...(tail ?? '').split(':')];
  const [, zone] = remoteAddress.split('%');
  return all.slice(0, 4).join(':') + (zone === undefined ? '' : `%${zone}`);
}
