/** Who may speak to the host at all. */
import type { NetworkInterfaceInfo } from 'node:os';
import { isIPv6 } from 'node:net';
import { TokenBucket } from 'limiter';
import {
  MAX_REQUEST_BURST_PER_ADDRESS,
  MAX_REQUESTS_PER_SECOND_PER_ADDRESS,
  MAX_TRACKED_ADDRESSES,
} from '../../../src-shared/limits.ts';
import { isLoopback, listed, plainAddress, subnet } from '../address.ts';
import type { Access } from '../gateways/access.ts';
import { ownAddresses, ownNetworks } from './interfaces.ts';

/** Who may make rooms: people at this computer, on the networks it is part of, or anyone. */
export type RoomCreators = 'local' | 'lan' | 'anyone';

export interface AccessOptions {
  /** The names of this host: of its certificate, and others it is reached by. They may change. */
  readonly names: () => readonly string[];
  /** Origins of other pages that may call, such as `https://intranet.example`. */
  readonly allowedOrigins: readonly string[];
  readonly create: RoomCreators;
  readonly interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
}

/** The page of the desktop app. */
const APP_ORIGIN = 'app://parley';

export function createAccess({ names, allowedOrigins, create, interfaces }: AccessOptions): Access {
  const rates = new AddressRates();
  return {
    hostAllowed(host) {
      const hostname = host === undefined ? null : hostnameOf(host);
      return hostname !== null && names().some((name) => hostnameOf(bracketed(name)) === hostname);
    },
    originAllowed(origin, host) {
      if (origin === undefined || origin === APP_ORIGIN || allowedOrigins.includes(origin)) return true;
      return URL.canParse(`https://${host}`) && origin === new URL(`https://${host}`).origin;
    },
    mayCreateRooms(remoteAddress) {
      if (create === 'anyone' || isLoopback(remoteAddress)) return true;
      const now = interfaces();
      if (ownAddresses(now).includes(plainAddress(remoteAddress))) return true;
      return create === 'lan' && listed(subnet(...ownNetworks(now)), remoteAddress);
    },
    admit: (remoteAddress) => rates.admit(remoteAddress),
  };
}

/** The name in a `Host` header, whatever the port: it may be another one outside (port forwarding). */
function hostnameOf(host: string): string | null {
  if (!/^(\[[\da-f:.]+\]|[^:/@?#\\[\]]+)(:\d+)?$/i.test(host) || !URL.canParse(`https://${host}`)) return null;
  return new URL(`https://${host}`).hostname.replace(/\.$/, '');
}

function bracketed(name: string): string {
  return isIPv6(name) ? `[${name}]` : name;
}

/** One token bucket per address; of too many addresses the one seen longest ago is forgotten. */
class AddressRates {
  readonly #buckets = new Map<string, TokenBucket>();

  admit(remoteAddress: string): boolean {
    const address = rateKey(remoteAddress);
    const bucket = this.#buckets.get(address) ?? fullBucket();
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    if (this.#buckets.size > MAX_TRACKED_ADDRESSES) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket.tryRemoveTokens(1);
  }
}

function fullBucket(): TokenBucket {
  const bucket = new TokenBucket({
    bucketSize: MAX_REQUEST_BURST_PER_ADDRESS,
    tokensPerInterval: MAX_REQUESTS_PER_SECOND_PER_ADDRESS,
    interval: 'second',
  });
  bucket.content = MAX_REQUEST_BURST_PER_ADDRESS;
  return bucket;
}

/** One person has a whole /64 of IPv6 addresses to come from. */
function rateKey(remoteAddress: string): string {
  const address = plainAddress(remoteAddress);
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return [...groups, ...new Array<string>(zeros).fill('0'), ...(tail ?? '').split(':')].slice(0, 4).join(':');
}
