/** Where a media process listens, and which of its addresses a person is told (ICE candidates). */
import type { types } from 'mediasoup';
import { isIPv6 } from 'node:net';
import { type AnnouncedAddress, isLoopback, listed, plainAddress, subnet } from '../../address.ts';

/** How much less each further candidate of a socket is preferred: 100 in the local preference, as mediasoup does. */
const PREFERENCE_STEP = 100 << 8;

/**
 * One listening socket per address and protocol, loopback first: on the host's own machine it is the
 * shortest way. An address that is not this computer's is forwarded to it by somebody, so then every
 * address is listened on.
 *
 * @param port 0: any free one for each
 */
export function listenInfos(addresses: readonly AnnouncedAddress[], port: number): types.TransportListenInfo[] {
  const everywhere = addresses.some(({ local }) => !local);
  if (!everywhere) return socketsOn(['127.0.0.1', ...addresses.map(({ address }) => address)], port);
  const both = addresses.some(({ address }) => isIPv6(address));
  return [
    ...socketsOn(['0.0.0.0'], port).map((socket) => ({ ...socket, announcedAddress: '127.0.0.1' })),
    ...socketsOn(both ? ['::'] : [], port).map((socket) => ({ ...socket, announcedAddress: '::1' })),
  ];
}

/**
 * One listening socket per IP address and protocol, however often and in whatever spelling an address is given.
 *
 * @param port 0: any free one for each
 */
export function socketsOn(ips: readonly string[], port: number): types.TransportListenInfo[] {
  return [...new Set(ips.map(plainAddress))].flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      ...(port !== 0 && { port }),
      ...(isIPv6(ip) && { flags: { ipv6Only: true } }),
    })),
  );
}

/**
 * The candidates that someone at `remoteAddress` can use: loopback only on this very machine, a
 * VPN's address only inside it.
 *
 * @param candidates mediasoup's, of a server made with {@link listenInfos} of the same addresses
 */
export function candidatesFor(
  remoteAddress: string,
  candidates: readonly types.IceCandidate[],
  addresses: readonly AnnouncedAddress[],
): types.IceCandidate[] {
  const reachable = addresses.filter(({ onlyFrom }) => !onlyFrom || listed(subnet(onlyFrom), remoteAddress));
  const told = new Set(reachable.map(({ address }) => address));
  const everywhere = addresses.some(({ local }) => !local);
  return candidates.flatMap((candidate) => {
    if (!isLoopback(candidate.address)) return told.has(candidate.address) ? [candidate] : [];
    const others = everywhere ? forwarded(candidate, reachable) : [];
    return isLoopback(remoteAddress) ? [candidate, ...others] : others;
  });
}

/** A socket that listens on every address of a family, as a candidate for each that is announced. */
function forwarded(candidate: types.IceCandidate, addresses: readonly AnnouncedAddress[]): types.IceCandidate[] {
  return addresses
    .filter(({ address }) => isIPv6(address) === isIPv6(candidate.address))
    .map(({ address }, index) => ({
      ...candidate,
      ip: address,
      address,
      priority: candidate.priority - (index + 1) * PREFERENCE_STEP,
    }));
}
