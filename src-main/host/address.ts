/** Where hosts are: the port by default, and IP addresses as sockets report them. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Page, API and signaling; sound and pictures have the ports after it. */
export const DEFAULT_PORT = 7443;

/** The first port for media where none is chosen. @param port of page, API and signaling; 0: any free one */
export function mediaPortAfter(port: number): number {
  return port === 0 ? 0 : port + 1;
}

/** An address of this computer that is announced to clients. */
export interface AnnouncedAddress {
  /** An IP address, or a name that resolves to one. */
  readonly address: string;
  /** Whether an interface of this computer has it; if not, a router forwards to this computer. */
  readonly local: boolean;
  /** Announced only to clients from this network (CIDR), because a VPN's address cannot be reached from elsewhere. */
  readonly onlyFrom?: string;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * The one spelling of an IP address (IPv6: RFC 5952) without its zone (`%eth0`); an IPv4-mapped IPv6
 * address (`::ffff:a.b.c.d`) is the IPv4 address that it stands for. A name is in lower case.
 */
export function plainAddress(address: string): string {
  const [withoutZone = ''] = address.split('%');
  if (!isIPv6(withoutZone)) return withoutZone.toLowerCase();
  const canonical = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  return [high, low].flatMap((half) => [parseInt(half, 16) >> 8, parseInt(half, 16) & 0xff]).join('.');
}

/** Whether someone at `address` sits at this very machine. */
export function isLoopback(address: string): boolean {
  return listed(LOOPBACK, address);
}

/** Whether an address is good on its own link alone (RFC 3927, RFC 4291). */
export function isLinkLocal(address: string): boolean {
  return /^(169\.254\.|fe[89ab][\da-f]:)/.test(plainAddress(address));
}

/** Whether `list` has `address`; no list has what is not an address. */
export function listed(list: BlockList, address: string): boolean {
  const plain = plainAddress(address);
  if (isIPv4(plain)) return list.check(plain, 'ipv4');
  return isIPv6(plain) && list.check(plain, 'ipv6');
}

/** A list of `cidr` alone, such as `10.8.0.0/24`. */
export function subnet(...cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix = ''] = cidr.split('/');
    list.addSubnet(address, Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}
