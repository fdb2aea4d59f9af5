/** What is known of announced hosts, from messages that anybody on the network may send. No input or output. */
import { isIPv6 } from 'node:net';
import { MAX_ADDRESSES_PER_NEARBY_HOST, MAX_NEARBY_HOSTS, NEARBY_SILENCE_MS } from '../../../src-shared/limits.ts';
import { isLinkLocal, plainAddress } from '../address.ts';
import { urlHost } from '../network/names.ts';
import { isOnLink, type Link } from './links.ts';
import { isSameName, type Message, type Question, type ResourceRecord } from './messages.ts';
import { type HostDescription, readTxt, SERVICE } from './service.ts';

/** A host that announces itself. Whether it has the key that it names is known only after a handshake with it. */
export interface NearbyHost extends HostDescription {
  /** `https://address:port`, those with IPv4 first: each may be tried. */
  readonly origins: readonly string[];
  /** Whether a host with another key announces the same name: one of them may pretend to be the other. */
  readonly sharesName: boolean;
}

interface Instance {
  readonly name: string;
  target?: string;
  port?: number;
  host: HostDescription | null;
  /** Epoch ms: it has gone if nothing is heard until then. */
  until: number;
}

/** The addresses of one name, of one family, from one link. */
interface Addresses {
  readonly target: string;
  readonly type: 'A' | 'AAAA';
  readonly link: string;
  readonly all: readonly string[];
}

export class NearbyRecords {
  #instances: readonly Instance[] = [];
  #addresses: readonly Addresses[] = [];

  /** Takes what a response on `link` says. @param now epoch ms */
  add({ answers, additionals }: Message, link: Link, now: number): void {
    const records = [...answers, ...additionals];
    for (const record of records) this.#addInstance(record, now);
    // After the instances: only the addresses of their names are kept.
    for (const type of ['A', 'AAAA'] as const) this.#addAddresses(records, type, link);
  }

  /** Forgets hosts that were silent for too long. @param now epoch ms */
  expire(now: number): void {
    this.#keep(this.#instances.filter(({ until }) => until > now));
  }

  /** From now on every host has to be heard again within `ms`: the computer was asleep, or has changed networks. */
  doubt(now: number, ms: number): void {
    for (const instance of this.#instances) instance.until = now + ms;
  }

  /** Forgets the addresses that came by links that are not there any more. */
  keepLinks(links: readonly Link[]): void {
    this.#addresses = this.#addresses.filter(({ link }) => links.some((one) => keyOf(one) === link));
  }

  /** What to ask for those hosts of which something is missing. */
  get questions(): Question[] {
    return this.#instances.flatMap(({ name, target, host }): Question[] => {
      if (target === undefined) return [{ name, type: 'SRV' }];
      const missing: Question[] = host ? [] : [{ name, type: 'TXT' }];
      if (this.#addressesOf(target).length > 0) return missing;
      return [...missing, { name: target, type: 'A' }, { name: target, type: 'AAAA' }];
    });
  }

  /** One for each key: a host may have two names for a moment. In the order in which they came. */
  get hosts(): NearbyHost[] {
    const hosts = new Map<string, Omit<NearbyHost, 'sharesName'>>();
    for (const { target, port, host } of this.#instances) {
      if (target === undefined || port === undefined || !host) continue;
      const known = hosts.get(host.fingerprint);
      const found = this.#addressesOf(target).map((address) => `https://${urlHost(address)}:${port}`);
      const origins = [...new Set([...(known?.origins ?? []), ...found])].slice(0, MAX_ADDRESSES_PER_NEARBY_HOST);
      if (origins.length > 0) hosts.set(host.fingerprint, { ...(known ?? host), origins });
    }
    const all = [...hosts.values()];
    return all.map((host) => ({ ...host, sharesName: all.some((other) => other !== host && isAlike(other, host)) }));
  }

  #addInstance(record: ResourceRecord, now: number): void {
    const name = instanceIn(record);
    if (name === null) return;
    const known = this.#instances.find((instance) => isSameName(instance.name, name));
    if (record.ttl === 0) {
      // A goodbye (RFC 6762, section 10.1). That of a TXT record alone says nothing.
      if (known && record.type !== 'TXT') this.#keep(this.#instances.filter((instance) => instance !== known));
      return;
    }
    if (!known && this.#instances.length >= MAX_NEARBY_HOSTS) return;
    const instance = known ?? { name, host: null, until: 0 };
    if (!known) this.#instances = [...this.#instances, instance];
    instance.until = now + Math.min(record.ttl * 1000, NEARBY_SILENCE_MS);
    if (record.type === 'SRV') Object.assign(instance, record.data);
    if (record.type === 'TXT') instance.host = readTxt(record.data);
  }

  #addAddresses(records: readonly ResourceRecord[], type: Addresses['type'], link: Link): void {
    const targets = new Set(this.#instances.flatMap(({ target }) => target ?? []));
    for (const target of targets) {
      const told = records.filter((record) => record.type === type && isSameName(record.name, target));
      if (told.length === 0) continue;
      const isThese = (one: Addresses) => one.type === type && one.link === keyOf(link) && one.target === target;
      // Without `flush`, there may be more of them than the message says.
      const before = told.some(({ flush }) => flush) ? [] : this.#addresses.filter(isThese).flatMap(({ all }) => all);
      const valid = told.flatMap((record) => {
        const usable =
          record.type === type && record.ttl > 0 && !isLinkLocal(record.data) && isOnLink(link, record.data);
        return usable ? [plainAddress(record.data)] : [];
      });
      const all = [...new Set([...before, ...valid])].slice(0, MAX_ADDRESSES_PER_NEARBY_HOST);
      const others = this.#addresses.filter((one) => !isThese(one));
      this.#addresses = all.length > 0 ? [...others, { target, type, link: keyOf(link), all }] : others;
    }
  }

  #addressesOf(target: string): string[] {
    const all = this.#addresses.flatMap((one) => (isSameName(one.target, target) ? one.all : []));
    return [...new Set(all)].toSorted((a, b) => Number(isIPv6(a)) - Number(isIPv6(b)));
  }

  #keep(instances: readonly Instance[]): void {
    this.#instances = instances;
    const isUsed = ({ target }: Addresses) => instances.some((one) => one.target === target);
    this.#addresses = this.#addresses.filter(isUsed);
  }
}

/** The instance that a record is about; null: none of the service. */
function instanceIn({ type, name, data }: ResourceRecord): string | null {
  if (type === 'PTR') return isSameName(name, SERVICE) ? data : null;
  const isInstance = (type === 'SRV' || type === 'TXT') && name.toLowerCase().endsWith(`.${SERVICE}`);
  return isInstance ? name : null;
}

/** Whether people take one name for the other. */
function isAlike(one: HostDescription, other: HostDescription): boolean {
  const read = ({ name }: HostDescription) =>
    name
      .normalize('NFKC')
      .replaceAll(/[\s\p{Cf}]+/gu, ' ')
      .toLowerCase();
  return read(one) === read(other);
}

const keyOf = ({ family, via }: Link) => `${family} ${via}`;
