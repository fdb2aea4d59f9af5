/** Sends and receives multicast DNS on every local network, and follows the interfaces of this computer. */
import { createSocket, type Socket } from 'node:dgram';
import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../meeting/index.ts';
import type { Interfaces } from '../network/interfaces.ts';
import { type Link, linksOf } from './links.ts';
import { MDNS_PORT, type Message, type Outgoing, Reception, type Sender, writeMessage } from './messages.ts';

const GROUPS = { IPv4: '224.0.0.251', IPv6: 'ff02::fb' } as const;
/** What routers would count down: a message that has passed one shows it (RFC 6762, section 11). */
const HOP_LIMIT = 255;

export type Receive = (message: Message, link: Link, from: Sender) => void;

/** The networks that multicast DNS is spoken on; tests have one in memory. */
export interface Multicast {
  /** Those that can be used now. */
  readonly links: readonly Link[];
  /** Follows the interfaces. @returns whether `links` has changed */
  refresh(): Promise<boolean>;
  /** Resolves when the message is sent, or could not be. @param to one address and port; absent: everybody on the link */
  send(link: Link, message: Outgoing, to?: Sender): Promise<void>;
  close(): Promise<void>;
}

export interface MulticastOptions {
  readonly interfaces: () => Interfaces;
  readonly log: Log;
  readonly receive: Receive;
}

interface Opened {
  readonly link: Link;
  readonly socket: Socket;
}

/** One socket for each link, because a socket sends by one interface only. */
export class MulticastSockets implements Multicast {
  readonly #options: MulticastOptions;
  readonly #reception = new Reception();
  #opened: readonly Opened[] = [];
  #failed: readonly Link[] = [];
  #closed = false;

  constructor(options: MulticastOptions) {
    this.#options = options;
  }

  get links(): readonly Link[] {
    return this.#opened.map(({ link }) => link);
  }

  async refresh(): Promise<boolean> {
    const wanted = linksOf(this.#options.interfaces());
    const isWanted = (link: Link) => wanted.some((one) => isDeepStrictEqual(one, link));
    const kept = this.#opened.filter(({ link }) => isWanted(link));
    const gone = this.#opened.filter(({ link }) => !isWanted(link));
    const known = [...kept.map(({ link }) => link), ...this.#failed];
    const fresh = wanted.filter((link) => !known.some((one) => isDeepStrictEqual(one, link)));
    this.#failed = this.#failed.filter(isWanted);
    this.#opened = kept;
    await Promise.all(gone.map(({ socket }) => ended(socket)));
    const opened = await Promise.all(fresh.map((link) => this.#open(link)));
    const added = opened.flatMap((one) => one ?? []);
    if (this.#closed) {
      await Promise.all(added.map(({ socket }) => ended(socket)));
      return false;
    }
    this.#opened = [...this.#opened, ...added];
    return gone.length > 0 || added.length > 0;
  }

  async send(link: Link, message: Outgoing, to?: Sender): Promise<void> {
    const socket = this.#opened.find((one) => one.link === link)?.socket;
    if (!socket) return;
    const { family, zone } = link;
    const group = family === 'IPv6' ? `${GROUPS.IPv6}%${zone}` : GROUPS.IPv4;
    await new Promise<void>((resolve) => {
      // What cannot be sent just now (no route, a firewall) is sent again by the next query or announcement.
      socket.send(writeMessage(message), to?.port ?? MDNS_PORT, to?.address ?? group, () => resolve());
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = this.#opened;
    this.#opened = [];
    await Promise.all(opened.map(({ socket }) => ended(socket)));
  }

  /** Null: this link cannot be used, which is logged once. */
  async #open(link: Link): Promise<Opened | null> {
    const { log, receive } = this.#options;
    const socket = createSocket(
      link.family === 'IPv6' ? { type: 'udp6', reuseAddr: true, ipv6Only: true } : { type: 'udp4', reuseAddr: true },
    );
    // Losing a socket to an error is noticed by the interfaces' next change.
    socket.on('error', (error) => log.warn('Multicast DNS failed on an interface', { interface: link.name, error }));
    socket.on('message', (bytes, from) => {
      const message = this.#reception.read(bytes, link, from);
      if (message) receive(message, link, from);
    });
    try {
      await bound(socket);
      socket.addMembership(GROUPS[link.family], link.via);
      socket.setMulticastInterface(link.via);
      socket.setMulticastTTL(HOP_LIMIT);
      // Other programs on this computer take part, too.
      socket.setMulticastLoopback(true);
      return { link, socket };
    } catch (error) {
      log.warn('This interface is not used for discovery', { interface: link.name, family: link.family, error });
      this.#failed = [...this.#failed, link];
      await ended(socket);
      return null;
    }
  }
}

function bound(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(MDNS_PORT, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
