/** Which of this computer's addresses others can reach it at. */
import type { NetworkInterfaceInfo } from 'node:os';
import { isIPv4, isIPv6 } from 'node:net';
import { type AnnouncedAddress, isLinkLocal, plainAddress } from '../address.ts';

export type Interfaces = Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>;

/** Bridges to containers and virtual machines on this computer: no other computer can be reached through them. */
const VIRTUAL_NAME =
  /^(docker|br-|veth|virbr|vnet|vmnet|vboxnet|lxc|lxd|cni|flannel|cali|podman|kube|bridge|awdl|llw|anpi|vEthernet \((Default Switch|WSL))/i;
/** Cards that VMware, VirtualBox and QEMU make on their host's side, by the start of their MAC address. */
const VIRTUAL_MAC = /^(00:50:56:c0|0a:00:27|fe:54:00)/i;
const TUNNEL_NAME = /^(tun|tap|wg|utun|ppp|ipsec|tailscale|zt|nordlynx|proton|wireguard)/i;

/** Tailscale gives each machine a /32 of the range for carriers' NAT (RFC 6598). */
const SHARED_RANGE = /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const PRIVATE_IPV4 = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;
/** Limits how many ICE candidates a client has to try. */
const MAX_ADDRESSES = 8;

/**
 * The addresses to announce, best first: private IPv4, other IPv4, IPv6, then those of VPNs. Left out
 * are loopback, link-local addresses, and bridges to containers and virtual machines.
 */
export function announcedAddresses(interfaces: Interfaces): AnnouncedAddress[] {
  const found = new Map<string, AnnouncedAddress & { rank: number }>();
  for (const [name, infos = []] of Object.entries(interfaces)) {
    if (VIRTUAL_NAME.test(name)) continue;
    const tunnel = TUNNEL_NAME.test(name);
    let globalIPv6 = false;
    for (const info of infos) {
      const address = plainAddress(info.address);
      if (info.internal || VIRTUAL_MAC.test(info.mac) || isLinkLocal(address) || found.has(address)) continue;
      // One of an interface is enough: the others are its temporary and former ones.
      if (isIPv6(address) && globalIPv6) continue;
      globalIPv6 ||= isIPv6(address);
      if (!tunnel) {
        found.set(address, { address, local: true, rank: rankOf(address) });
        continue;
      }
      const onlyFrom = networkOfTunnel(info);
      if (onlyFrom) found.set(address, { address, local: true, onlyFrom, rank: 3 });
    }
  }
  return [...found.values()]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_ADDRESSES)
    .map(({ address, local, onlyFrom }) => ({ address, local, ...(onlyFrom && { onlyFrom }) }));
}

/** The addresses a person chose instead (`--address`): IP addresses or names, in their order. */
export function chosenAddresses(chosen: readonly string[], interfaces: Interfaces): AnnouncedAddress[] {
  const own = new Set(ownAddresses(interfaces));
  return [...new Set(chosen.map(plainAddress))].map((address) => ({ address, local: own.has(address) }));
}

/** Every address of this computer, loopback included. */
export function ownAddresses(interfaces: Interfaces): string[] {
  return Object.values(interfaces).flatMap((infos = []) => infos.map(({ address }) => plainAddress(address)));
}

/** The networks (CIDR) this computer is part of, loopback included. */
export function ownNetworks(interfaces: Interfaces): string[] {
  return Object.values(interfaces).flatMap((infos = []) => infos.flatMap(({ cidr }) => (cidr ? [cidr] : [])));
}

/** Whether an address is of a private network: no router of the internet leads there (RFC 1918, RFC 4193, RFC 6598). */
export function isPrivate(address: string): boolean {
  return PRIVATE_IPV4.test(address) || SHARED_RANGE.test(address) || /^f[cd][\da-f]{2}:/i.test(address);
}

/** Whether an interface leads to a local network: not loopback, no VPN, and no bridge inside this computer. */
export function isLan(name: string, { internal, mac }: NetworkInterfaceInfo): boolean {
  return !internal && !VIRTUAL_NAME.test(name) && !VIRTUAL_MAC.test(mac) && !TUNNEL_NAME.test(name);
}

function rankOf(address: string): number {
  if (!isIPv4(address)) return 2;
  return PRIVATE_IPV4.test(address) ? 0 : 1;
}

/** The network behind a tunnel; null: only its other end, whose network is unknown. */
function networkOfTunnel({ address, cidr }: NetworkInterfaceInfo): string | null {
  if (SHARED_RANGE.test(address)) return '100.64.0.0/10';
  return cidr && !/\/(32|128)$/.test(cidr) ? cidr : null;
}
