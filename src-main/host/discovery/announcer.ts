/** Announces one host on the local networks and answers who looks for it (RFC 6762). */
import type { AnnouncedAddress } from '../address.ts';
import type { Clock } from '../meeting/index.ts';
import type { Interfaces } from '../network/interfaces.ts';
import { addressesOn, type Link } from './links.ts';
import { MDNS_PORT, type Message, type Outgoing, type ResourceRecord, type Sender } from './messages.ts';
import type { Multicast, Receive } from './multicast.ts';
import {
  announcement,
  answerTo,
  forSimpleResolver,
  goodbye,
  type HostRecords,
  isTaken,
  losesTo,
  probe,
  recordsOf,
} from './records.ts';
import type { HostDescription } from './service.ts';

/** Before the host is announced, its names are asked for so often, with so much time between (RFC 6762, section 8.1), ms. */
const PROBES = 3;
export const PROBE_PAUSE_MS = 250;
/** Between the two announcements, and the least time between two answers on one link (RFC 6762, sections 6 and 8.3), ms. */
export const REPEAT_MS = 1000;
/** Whoever has precedence is given so long to finish (RFC 6762, section 8.2), ms. */
export const YIELD_MS = 1000;
/** After each further conflict the next try waits so much longer, up to so long, ms. */
const CONFLICT_PAUSE_MS = 500;
const MAX_CONFLICT_PAUSE_MS = 5000;
/** An answer that others may give as well waits for so long, so that not all answer at once (RFC 6762, section 6), ms. */
const ANSWER_DELAY_MS = { least: 20, range: 100 } as const;

export interface AnnouncerOptions {
  /** What is announced, as it is now. */
  readonly host: () => HostDescription & { readonly port: number };
  readonly addresses: () => readonly AnnouncedAddress[];
  readonly interfaces: () => Interfaces;
  readonly clock: Clock;
  /** From 0 to 1, for delays. */
  readonly random?: () => number;
  readonly connect: (receive: Receive) => Multicast;
}

export class Announcer {
  readonly #options: Required<AnnouncerOptions>;
  readonly #multicast: Multicast;
  #announced = false;
  #attempt = 1;
  #conflicts = 0;
  #closing: Promise<void> | null = null;
  /** When each record was an answer the last time, by link, type and name. */
  readonly #answered = new Map<string, number>();
  readonly #pending = new Set<() => void>();

  constructor(options: AnnouncerOptions) {
    this.#options = { random: Math.random, ...options };
    this.#multicast = options.connect((message, link, from) => this.#receive(message, link, from));
  }

  /** Announces the host, and again what has changed of it, its addresses or its networks. */
  async refresh(): Promise<void> {
    if (this.#closing) return;
    const changed = await this.#multicast.refresh();
    // A network that is new has not been asked yet whether the name is free there.
    if (changed || !this.#announced) this.#begin(0);
    else this.#announce();
  }

  /** Says goodbye. Idempotent. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#cancel();
    if (this.#announced) await this.#tell(goodbye);
    await this.#multicast.close();
  }

  /** Asks whether the names are free, then announces them. */
  #begin(delay: number): void {
    this.#cancel();
    this.#announced = false;
    const begin = delay + this.#options.random() * PROBE_PAUSE_MS;
    for (let sent = 0; sent < PROBES; sent++) {
      this.#after(begin + sent * PROBE_PAUSE_MS, () => void this.#tell(probe));
    }
    this.#after(begin + PROBES * PROBE_PAUSE_MS, () => {
      this.#announced = true;
      this.#announce();
    });
  }

  #announce(): void {
    void this.#tell(announcement);
    this.#after(REPEAT_MS, () => void this.#tell(announcement));
  }

  #receive(message: Message, link: Link, from: Sender): void {
    if (this.#closing) return;
    const records = this.#recordsOn(link);
    if (message.response) {
      if (isTaken(message, records)) this.#rename();
    } else if (message.authorities.length > 0 && !this.#announced) {
      if (losesTo(message, records)) this.#begin(YIELD_MS);
    } else if (this.#announced) {
      this.#answer(message, link, from, records);
    }
  }

  #rename(): void {
    this.#attempt++;
    this.#begin(Math.min(this.#conflicts++ * CONFLICT_PAUSE_MS, MAX_CONFLICT_PAUSE_MS));
  }

  #answer(query: Message, link: Link, from: Sender, records: HostRecords): void {
    const answer = answerTo(query, records);
    if (!answer || !isReachable(records)) return;
    if (from.port !== MDNS_PORT) {
      void this.#multicast.send(link, forSimpleResolver(answer, query), from);
      return;
    }
    // A query that probes for a name must be answered before the name is taken.
    const probing = query.authorities.length > 0;
    const answers = this.#due(link, answer.answers ?? [], probing ? PROBE_PAUSE_MS : REPEAT_MS);
    if (answers.length === 0) return;
    const shared = answers.some(({ flush }) => !flush);
    const delay = shared ? ANSWER_DELAY_MS.least + this.#options.random() * ANSWER_DELAY_MS.range : 0;
    this.#after(delay, () => void this.#multicast.send(link, { ...answer, answers }));
  }

  /** Those of the records that were not an answer on the link for `ms`; they count as sent now. */
  #due(link: Link, records: readonly ResourceRecord[], ms: number): ResourceRecord[] {
    const now = this.#options.clock.now();
    return records.filter(({ type, name }) => {
      const key = [link.family, link.via, type, name].join(' ');
      if (now - (this.#answered.get(key) ?? -Infinity) < ms) return false;
      this.#answered.set(key, now);
      return true;
    });
  }

  async #tell(message: (records: HostRecords) => Outgoing): Promise<void> {
    const sending = this.#multicast.links.flatMap((link) => {
      const records = this.#recordsOn(link);
      return isReachable(records) ? [this.#multicast.send(link, message(records))] : [];
    });
    await Promise.all(sending);
  }

  #recordsOn(link: Link): HostRecords {
    const { host, addresses, interfaces } = this.#options;
    return recordsOf({ ...host(), attempt: this.#attempt }, addressesOn(link, addresses(), interfaces()));
  }

  #after(ms: number, run: () => void): void {
    const cancel = this.#options.clock.after(ms, () => {
      this.#pending.delete(cancel);
      run();
    });
    this.#pending.add(cancel);
  }

  #cancel(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }
}

/** Whether the host has an address on the link. */
function isReachable({ unique }: HostRecords): boolean {
  return unique.some(({ type }) => type === 'A' || type === 'AAAA');
}
