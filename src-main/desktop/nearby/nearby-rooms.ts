/** Which rooms the hosts nearby show: asked of each host that has the key it announces, again and again. */
import * as v from 'valibot';
import { MAX_NEARBY_ROOMS_SHOWN } from '../../../src-shared/limits.ts';
import { type NearbyRoom, NearbyRooms as Answer } from '../../../src-shared/protocol/index.ts';
import type { NearbyHost } from '../../host/discovery/index.ts';
import type { Clock } from '../../host/meeting/index.ts';
import type { PinnedRequest } from '../trust/pinned-request.ts';

/** How long an answer is good, ms. */
export const ASK_AGAIN_MS = 5000;
/** How many hosts are asked at the same time: there may be as many as anybody announces. */
export const ASKED_AT_ONCE = 4;

type Asked = Pick<NearbyHost, 'fingerprint' | 'origins'>;

interface Known {
  /** Null: the host has not answered, or not with the key that it announces. */
  rooms: readonly NearbyRoom[] | null;
  /** Epoch ms. */
  askedAt: number;
}

export interface NearbyRoomsOptions {
  readonly request: (request: PinnedRequest) => Promise<{ status: number; body: unknown }>;
  readonly clock: Pick<Clock, 'now'>;
}

export class NearbyRooms {
  readonly #options: NearbyRoomsOptions;
  readonly #known = new Map<string, Known>();
  #asking = 0;

  constructor(options: NearbyRoomsOptions) {
    this.#options = options;
  }

  /** What is known of each host's rooms now, by its key; asks those again whose answer is old. */
  of(hosts: readonly Asked[]): ReadonlyMap<string, readonly NearbyRoom[] | null> {
    const here = new Set(hosts.map(({ fingerprint }) => fingerprint));
    for (const fingerprint of this.#known.keys()) if (!here.has(fingerprint)) this.#known.delete(fingerprint);
    const now = this.#options.clock.now();
    const due = hosts
      .map((host) => ({ host, askedAt: this.#known.get(host.fingerprint)?.askedAt ?? -Infinity }))
      .filter(({ askedAt }) => now - askedAt >= ASK_AGAIN_MS)
      .sort((a, b) => a.askedAt - b.askedAt);
    for (const { host } of due.slice(0, ASKED_AT_ONCE - this.#asking)) void this.#ask(host, now);
    return new Map(hosts.map(({ fingerprint }) => [fingerprint, this.#known.get(fingerprint)?.rooms ?? null]));
  }

  async #ask({ fingerprint, origins }: Asked, askedAt: number): Promise<void> {
    const known = { rooms: this.#known.get(fingerprint)?.rooms ?? null, askedAt };
    this.#known.set(fingerprint, known);
    this.#asking++;
    known.rooms = await this.#firstAnswer(fingerprint, origins);
    this.#asking--;
  }

  /** Of the first address at which the host with this key answers. */
  async #firstAnswer(fingerprint: string, origins: readonly string[]): Promise<readonly NearbyRoom[] | null> {
    for (const origin of origins) {
      const answer = await this.#options.request({ origin, fingerprint, path: '/api/nearby' }).catch(() => null);
      const read = v.safeParse(Answer, answer?.body);
      if (read.success) return read.output.rooms.slice(0, MAX_NEARBY_ROOMS_SHOWN);
    }
    return null;
  }
}
