/** Looks for hosts that announce themselves, as long as somebody wants to know. */
import { NEARBY_QUERY_MS } from '../../../src-shared/limits.ts';
import type { Clock } from '../meeting/index.ts';
import type { Question } from './messages.ts';
import type { Multicast, Receive } from './multicast.ts';
import { type NearbyHost, NearbyRecords } from './nearby-records.ts';
import { SERVICE } from './service.ts';

/** How often silence and the interfaces are looked at, ms. */
export const TICK_MS = 1000;
/** The first queries after a start, a change of network or sleep (RFC 6762, section 5.2: intervals grow), ms. */
const QUERIES_MS = [0, 1000, 3000];
/** A tick that comes later than this was held up by sleep, ms. */
const SLEPT_MS = 5000;
/** After sleep or a change of network, a host has so long to answer before it counts as gone, ms. */
export const ANSWER_AGAIN_MS = 5000;
/** Between a message that says too little of a host, and the query for the rest, ms. */
const ASK_MORE_MS = 100;
/** Questions about single hosts in one message: a name has up to 255 octets, and larger messages are ignored. */
const QUESTIONS_AT_ONCE = 20;

export interface BrowserOptions {
  readonly clock: Clock;
  readonly connect: (receive: Receive) => Multicast;
}

export class Browser {
  readonly #clock: Clock;
  readonly #multicast: Multicast;
  readonly #records = new NearbyRecords();
  #cancelTick = (): void => undefined;
  #cancelQuery = (): void => undefined;
  #cancelMore: (() => void) | null = null;
  #lastTick: number;
  #closed = false;

  constructor({ clock, connect }: BrowserOptions) {
    this.#clock = clock;
    this.#lastTick = clock.now();
    this.#multicast = connect((message, link) => {
      if (!message.response || this.#closed) return;
      this.#records.add(message, link, clock.now());
      if (this.#missing.length > 0) this.#askMore();
    });
  }

  /** Those that are there now. */
  get hosts(): NearbyHost[] {
    return this.#records.hosts;
  }

  /** Whether there is any network to look on. */
  get hasNetwork(): boolean {
    return this.#multicast.links.length > 0;
  }

  async open(): Promise<void> {
    await this.#multicast.refresh();
    this.#lookAgain();
    this.#tickLater();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTick();
    this.#cancelQuery();
    this.#cancelMore?.();
    await this.#multicast.close();
  }

  #tickLater(): void {
    if (!this.#closed) this.#cancelTick = this.#clock.after(TICK_MS, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    const now = this.#clock.now();
    const slept = now - this.#lastTick > SLEPT_MS;
    this.#lastTick = now;
    const moved = await this.#multicast.refresh();
    if (this.#closed) return;
    if (moved) this.#records.keepLinks(this.#multicast.links);
    if (moved || slept) {
      this.#records.doubt(now, ANSWER_AGAIN_MS);
      this.#lookAgain();
    }
    this.#records.expire(now);
    this.#tickLater();
  }

  /** Asks at once, a few times more, and then so often that a host that has vanished is noticed. */
  #lookAgain(): void {
    this.#cancelQuery();
    this.#ask(0);
  }

  #ask(round: number): void {
    this.#query();
    const [now = 0, next = now + NEARBY_QUERY_MS] = QUERIES_MS.slice(round);
    const pause = round < QUERIES_MS.length ? next - now : NEARBY_QUERY_MS;
    this.#cancelQuery = this.#clock.after(pause, () => this.#ask(round + 1));
  }

  /** Names no known answers: each host has to show that it is still there. */
  #query(): void {
    this.#send([{ name: SERVICE, type: 'PTR' }, ...this.#missing]);
  }

  #askMore(): void {
    this.#cancelMore ??= this.#clock.after(ASK_MORE_MS, () => {
      this.#cancelMore = null;
      if (this.#missing.length > 0) this.#send(this.#missing);
    });
  }

  /** What to ask of hosts of which too little is known. */
  get #missing(): Question[] {
    return this.#records.questions.slice(0, QUESTIONS_AT_ONCE);
  }

  #send(questions: readonly Question[]): void {
    for (const link of this.#multicast.links) void this.#multicast.send(link, { response: false, questions });
  }
}
