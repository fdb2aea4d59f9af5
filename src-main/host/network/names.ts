import { isIP } from 'node:net';
import type { AnnouncedAddress } from '../address.ts';

/**
 * Every name this host answers to: what its certificate is for, and what a `Host` header may say.
 *
 * @param hostname as the system gives it; its first label is the name on the local network (mDNS)
 */
export function hostNames({
  addresses,
  hostname,
}: {
  addresses: readonly AnnouncedAddress[];
  hostname: string;
}): string[] {
  const label = hostname
    .split('.')[0]
    ?.toLowerCase()
    .replaceAll(/[^a-z\d-]/g, '')
    .replaceAll(/^-+|-+$/g, '');
  const names = [...addresses.map(({ address }) => address), 'localhost', '127.0.0.1', '::1'];
  if (label) names.push(`${label}.local`);
  return [...new Set(names)];
}

/** `host` as it stands in a URL: IPv6 in brackets. */
export function urlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
