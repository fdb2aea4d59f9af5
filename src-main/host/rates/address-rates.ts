/** How often one address may do something. */
import { isIPv6 } from 'node:net';
import { MAX_TRACKED_ADDRESSES } from '../../../src-shared/limits.ts';
import { plainAddress } from '../address.ts';
import { type Allowance, RateLimits } from './rate-limit.ts';

/** One allowance for each address; of too many addresses the one seen longest ago is forgotten. */
export class AddressRates {
  readonly #limits: RateLimits;

  /** @param each of one address */
  constructor(each: Allowance) {
    this.#limits = new RateLimits(() => performance.now(), each, MAX_TRACKED_ADDRESSES);
  }

  /** At once as many as in a minute. */
  static perMinute(count: number): AddressRates {
    return new AddressRates({ burst: count, perSecond: count / 60 });
  }

  /** Counts one more. False: too many just now. */
  take(remoteAddress: string): boolean {
    return this.#limits.take(addressKey(remoteAddress));
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
