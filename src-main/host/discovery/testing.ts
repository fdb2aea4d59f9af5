/** A local network in memory, for tests of who says what when. What is sent passes as bytes, as on a wire. */
import type { NetworkInterfaceInfo } from 'node:os';
import type { Interfaces } from '../network/interfaces.ts';
import { type Link, linksOf } from './links.ts';
import { MDNS_PORT, type Message, type Outgoing, readMessage, type Sender, writeMessage } from './messages.ts';
import type { Multicast, Receive } from './multicast.ts';

export const FINGERPRINT = 'Q0SF1pl94uBee0fD4DKlaAetX-nESiPLjmWvEl_szTk';
export const OTHER_FINGERPRINT = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** An address of a network card. @param cidr such as `10.0.0.2/24` */
export function info(cidr: string, { internal = false, scopeid = 0 } = {}): NetworkInterfaceInfo {
  const [address = ''] = cidr.split('/');
  const common = { address, cidr, mac: '3c:22:fb:00:00:01', internal, netmask: '' };
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid } : { ...common, family: 'IPv4' };
}

/** The interfaces of a computer with one network card. */
export const card = (...cidrs: string[]): Interfaces => ({ eth0: cidrs.map((cidr) => info(cidr)) });

export class Lan {
  readonly #members = new Set<Member>();
  /** All that was sent, oldest first. */
  readonly sent: { from: Link; message: Message; to: Sender | undefined }[] = [];

  /** For a computer with these interfaces. */
  connect(interfaces: () => Interfaces): (receive: Receive) => Multicast {
    return (receive) => {
      const member = new Member(this, interfaces, receive);
      this.#members.add(member);
      return member;
    };
  }

  /** @param port another than that of multicast DNS: of a simple resolver */
  carry(
    from: Link,
    outgoing: Outgoing,
    { to, port = MDNS_PORT }: { to?: Sender | undefined; port?: number } = {},
  ): void {
    const message = readMessage(writeMessage(outgoing));
    if (!message) throw new Error('what was sent cannot be read');
    this.sent.push({ from, message, to });
    if (to && to.port !== MDNS_PORT) return;
    for (const member of this.#members) {
      for (const link of member.links) {
        if (link.family === from.family) member.receive(message, link, { address: from.via, port });
      }
    }
  }

  leave(member: Member): void {
    this.#members.delete(member);
  }
}

class Member implements Multicast {
  readonly #lan: Lan;
  readonly #interfaces: () => Interfaces;
  readonly receive: Receive;
  links: readonly Link[] = [];

  constructor(lan: Lan, interfaces: () => Interfaces, receive: Receive) {
    this.#lan = lan;
    this.#interfaces = interfaces;
    this.receive = receive;
  }

  refresh(): Promise<boolean> {
    const before = JSON.stringify(this.links);
    this.links = linksOf(this.#interfaces());
    return Promise.resolve(before !== JSON.stringify(this.links));
  }

  send(link: Link, message: Outgoing, to?: Sender): Promise<void> {
    this.#lan.carry(link, message, { to });
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.links = [];
    this.#lan.leave(this);
    return Promise.resolve();
  }
}
