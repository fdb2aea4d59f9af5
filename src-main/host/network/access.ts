/** Who may speak to the host at all. */
import type { NetworkInterfaceInfo } from 'node:os';
import { isIPv6 } from 'node:net';
import { MAX_REQUEST_BURST_PER_ADDRESS, MAX_REQUESTS_PER_SECOND_PER_ADDRESS } from '../../../src-shared/limits.ts';
import { AddressRates } from '../rates/address-rates.ts';
import { isLoopback, listed, plainAddress, subnet } from '../address.ts';
import type { Access } from '../gateways/access.ts';
import { ownAddresses, ownNetworks } from './interfaces.ts';

/** Who may make rooms: people at this computer, on the networks it is part of, or anyone. */
export type RoomCreators = 'local' | 'lan' | 'anyone';

export interface AccessOptions {
  /** The names of this host: of its certificate (`*.` stands for one label), and others it is reached by. They may change. */
  readonly names: () => readonly string[];
  /** Origins of other pages that may call, such as `https://intranet.example`. */
  readonly allowedOrigins: readonly string[];
  readonly create: RoomCreators;
  readonly interfaces: () => NodeJS.Dict<NetworkInterfaceInfo[]>;
}

/** The page of the desktop app. */
const APP_ORIGIN = 'app://parley';

export function createAccess({ names, allowedOrigins, create, interfaces }: AccessOptions): Access {
  const rates = new AddressRates({
    burst: MAX_REQUEST_BURST_PER_ADDRESS,
    perSecond: MAX_REQUESTS_PER_SECOND_PER_ADDRESS,
  });
  const isOwn = (remoteAddress: string) =>
    isLoopback(remoteAddress) || ownAddresses(interfaces()).includes(plainAddress(remoteAddress));
  const isOnOwnNetwork = (remoteAddress: string) =>
    isOwn(remoteAddress) || listed(subnet(...ownNetworks(interfaces())), remoteAddress);
  return {
    hostAllowed(host) {
      const hostname = host === undefined ? null : hostnameOf(host);
      return hostname !== null && names().some((name) => isNamed(hostname, name));
    },
    originAllowed(origin, host) {
      if (origin === undefined || origin === APP_ORIGIN || allowedOrigins.includes(origin)) return true;
      return URL.canParse(`https://${host}`) && origin === new URL(`https://${host}`).origin;
    },
    isOwn,
    isOnOwnNetwork,
    mayCreateRooms(remoteAddress) {
      if (create === 'anyone' || isOwn(remoteAddress)) return true;
      return create === 'lan' && isOnOwnNetwork(remoteAddress);
    },
    takeRequest: (remoteAddress) => rates.take(remoteAddress),
  };
}

/** The name in a `Host` header, without the port: with port forwarding the port differs. */
function hostnameOf(host: string): string | null {
  if (!/^(\[[\da-f:.]+\]|[^:/@?#\\[\]]+)(:\d+)?$/i.test(host) || !URL.canParse(`https://${host}`)) return null;
  return new URL(`https://${host}`).hostname.replace(/\.$/, '');
}

/** Whether a name, or the `*.` of a certificate, which stands for one label (RFC 9525), is that of `hostname`. */
function isNamed(hostname: string, name: string): boolean {
  const named = hostnameOf(bracketed(name));
  return named === hostname || (name.startsWith('*.') && named === hostname.replace(/^[^.]+/, '*'));
}

function bracketed(name: string): string {
  return isIPv6(name) ? `[${name}]` : name;
}
