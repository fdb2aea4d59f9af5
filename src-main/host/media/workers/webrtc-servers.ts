import type { types } from 'mediasoup';
import { type AnnouncedAddress, isLoopback, plainAddress } from '../../address.ts';
import { HostError } from '../../host-error.ts';
import type { Log } from '../../meeting/index.ts';
import { candidatesFor, listenInfos, socketsOn } from './listening.ts';

export interface ServersOptions {
  /** UDP and TCP; 0: any free one for each address. */
  readonly port: number;
  readonly addresses: readonly AnnouncedAddress[];
  readonly log: Log;
}

interface Listening {
  readonly server: types.WebRtcServer;
  /** Where it listens, loopback apart. */
  readonly ips: ReadonlySet<string>;
  /** Those that use it now. */
  readonly transports: ReadonlySet<types.WebRtcTransport>;
}

/** Bit/s over all transports of a process, with the overhead of RTP, RTCP, DTLS and ICE. */
export interface BitRates {
  readonly received: number;
  readonly sent: number;
}

/**
 * Where one media process listens. A WebRTC server keeps its sockets for life, and a transport its
 * server: addresses that come while the host runs get a server of their own, those that stay are left
 * as they are, and with them everyone's media.
 */
export class Servers {
  readonly #worker: types.Worker;
  readonly #port: number;
  readonly #log: Log;
  /** Listens on loopback, and on what there was at the start. */
  readonly #first: Listening;
  #later: Listening[] = [];
  #addresses: readonly AnnouncedAddress[];
  #following: Promise<void> = Promise.resolve();

  private constructor(worker: types.Worker, { port, addresses, log }: ServersOptions, first: Listening) {
    this.#worker = worker;
    this.#port = port;
    this.#addresses = addresses;
    this.#log = log;
    this.#first = first;
  }

  /** @throws {HostError} MEDIA_PORT_IN_USE, ADDRESS_UNUSABLE */
  static async open(worker: types.Worker, options: ServersOptions): Promise<Servers> {
    const { addresses, port, log } = options;
    const infos = (listened: readonly AnnouncedAddress[]) => listenInfos(listened, port);
    return new Servers(worker, options, await listen(worker, addresses, { log, infos }));
  }

  /**
   * Announces these from now on, and listens on those that came. One call at a time: two at once would
   * open the same port twice.
   *
   * @throws {HostError} MEDIA_PORT_IN_USE, ADDRESS_UNUSABLE: then the others are announced nevertheless
   */
  follow(addresses: readonly AnnouncedAddress[]): Promise<void> {
    this.#addresses = addresses;
    const following = this.#following.then(() => this.#listenOn(addresses));
    this.#following = following.catch(() => undefined);
    return following;
  }

  async #listenOn(addresses: readonly AnnouncedAddress[]): Promise<void> {
    await this.#closeDeserted();
    const came = addresses.filter(({ address }) => !this.#listeningAt(address));
    if (came.length === 0) return;
    const infos = (listened: readonly AnnouncedAddress[]) => socketsOn(ipsOf(listened), this.#port);
    this.#later.push(await listen(this.#worker, came, { log: this.#log, infos }));
  }

  /**
   * The server for someone whose connection came in at `localAddress`: it listens there. Where nothing
   * listens just there, the one at the best address.
   */
  serverAt(localAddress: string): types.WebRtcServer {
    if (isLoopback(localAddress)) return this.#first.server;
    const there = this.#listeningAt(localAddress) ?? this.#listeningAt(this.#addresses[0]?.address);
    return (there ?? this.#first).server;
  }

  /** Those of a transport's candidates that someone at `remoteAddress` can use. */
  candidatesFor(remoteAddress: string, { iceCandidates }: types.WebRtcTransport): types.IceCandidate[] {
    return candidatesFor(remoteAddress, iceCandidates, this.#addresses);
  }

  /** What its transports receive and send now. */
  async bitRates(): Promise<BitRates> {
    const open = [this.#first, ...this.#later].flatMap(({ transports }) => [...transports]);
    const stats = await Promise.all(open.map((transport) => statsOf(transport)));
    return {
      received: stats.reduce((sum, { recvBitrate }) => sum + recvBitrate, 0),
      sent: stats.reduce((sum, { sendBitrate }) => sum + sendBitrate, 0),
    };
  }

  #listeningAt(ip: string | undefined): Listening | undefined {
    if (ip === undefined) return undefined;
    return [this.#first, ...this.#later].find(({ ips }) => ips.has(plainAddress(ip)));
  }

  /** A computer that travels would collect servers: those whose addresses have all gone, and whose people too. */
  async #closeDeserted(): Promise<void> {
    const announced = new Set(ipsOf(this.#addresses));
    for (const listening of this.#later) {
      const { server, ips } = listening;
      if ([...ips].some((ip) => announced.has(ip))) continue;
      const { webRtcTransportIds } = await server.dump();
      if (webRtcTransportIds.length > 0) continue;
      server.close();
      this.#later = this.#later.filter((other) => other !== listening);
    }
  }
}

/** Listens on all addresses that can be listened on: one that an interface is just losing is left out. */
async function listen(
  worker: types.Worker,
  addresses: readonly AnnouncedAddress[],
  options: { log: Log; infos: (addresses: readonly AnnouncedAddress[]) => types.TransportListenInfo[] },
): Promise<Listening> {
  const listenInfos = options.infos(addresses);
  try {
    const server = await worker.createWebRtcServer({ listenInfos });
    return { server, ips: new Set(ipsOf(addresses)), transports: transportsOf(server) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const ip = /ip:'([^']+)'/.exec(why)?.[1];
    if (why.includes('address already in use')) {
      const port = listenInfos.find((info) => info.ip === ip)?.port;
      throw new HostError(
        'MEDIA_PORT_IN_USE',
        `Port ${port} on ${ip ?? 'this computer'} is needed for sound and pictures, and another program has it. Close that, or choose another port.`,
        { cause: error },
      );
    }
    const others = addresses.filter(({ address }) => address !== ip);
    if (others.length === addresses.length || options.infos(others).length === 0) {
      throw new HostError('ADDRESS_UNUSABLE', `Sound and pictures cannot be sent from here (${why}).`, {
        cause: error,
      });
    }
    options.log.warn('An address cannot be listened on', { address: ip, why });
    return listen(worker, others, options);
  }
}

/** A set that follows which transports use a server. */
function transportsOf(server: types.WebRtcServer): ReadonlySet<types.WebRtcTransport> {
  const transports = new Set<types.WebRtcTransport>();
  server.observer.on('webrtctransporthandled', (transport) => transports.add(transport));
  server.observer.on('webrtctransportunhandled', (transport) => transports.delete(transport));
  return transports;
}

/** Zeros for a transport that is closed meanwhile. */
async function statsOf(transport: types.WebRtcTransport): Promise<{ recvBitrate: number; sendBitrate: number }> {
  const [stat] = await transport.getStats().catch(() => []);
  return stat ?? { recvBitrate: 0, sendBitrate: 0 };
}

const ipsOf = (addresses: readonly AnnouncedAddress[]) => addresses.map(({ address }) => plainAddress(address));
