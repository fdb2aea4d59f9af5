/** Where multicast DNS is spoken: each network card of this computer, by IPv4 and by IPv6. */
import type { NetworkInterfaceInfo } from 'node:os';
import { type AnnouncedAddress, isLinkLocal, listed, plainAddress, subnet } from '../address.ts';
import { type Interfaces, isLan } from '../network/interfaces.ts';

/** One network that this computer is connected to, in one family of addresses. */
export interface Link {
  /** Name of the interface. */
  readonly name: string;
  readonly family: 'IPv4' | 'IPv6';
  /** How a socket names the interface: by its IPv4 address, or as `::%zone`. */
  readonly via: string;
  /** The zone of its link-local addresses: the interface's name, on Windows its number. */
  readonly zone: string;
  /** The networks of the interface (CIDR), link-local ones excepted. */
  readonly networks: readonly string[];
}

/** @param platform Windows numbers the interfaces, other systems name them */
export function linksOf(interfaces: Interfaces, platform: NodeJS.Platform = process.platform): Link[] {
  return Object.entries(interfaces).flatMap(([name, all = []]) => {
    const infos = all.filter((info) => isLan(name, info));
    const networks = infos.flatMap(({ address, cidr }) => (cidr === null || isLinkLocal(address) ? [] : [cidr]));
    const zone = platform === 'win32' ? numberOf(infos) : name;
    const ipv4 = infos.find(({ family }) => family === 'IPv4');
    const ipv6 = infos.find(({ family }) => family === 'IPv6');
    const common = { name, zone, networks };
    return [
      ...(ipv4 ? [{ ...common, family: 'IPv4', via: ipv4.address } as const] : []),
      ...(ipv6 ? [{ ...common, family: 'IPv6', via: `::%${zone}` } as const] : []),
    ];
  });
}

/** Whether a message from `address` was sent on this link: others are ignored (RFC 6762, section 11). */
export function isOnLink({ zone, networks }: Link, address: string): boolean {
  const [, from] = address.split('%');
  return from === undefined ? listed(subnet(...networks), address) : from === zone;
}

/**
 * The addresses that a host announces on a link: those of its interface, and of other interfaces in the same
 * network, because what is announced replaces what was announced before.
 *
 * @param announced the host's; a person may have chosen some of them
 */
export function addressesOn(
  { name, networks }: Link,
  announced: readonly AnnouncedAddress[],
  interfaces: Interfaces,
): string[] {
  const own = new Set((interfaces[name] ?? []).map(({ address }) => plainAddress(address)));
  return announced.flatMap(({ address, local, onlyFrom }) => {
    const here = own.has(address) || listed(subnet(...networks), address);
    return local && onlyFrom === undefined && here ? [address] : [];
  });
}

function numberOf(infos: readonly NetworkInterfaceInfo[]): string {
  const scopes = infos.map((info) => (info.family === 'IPv6' ? info.scopeid : 0));
  return String(scopes.find((scope) => scope !== 0) ?? 0);
}
