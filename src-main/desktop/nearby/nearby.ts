/** The hosts nearby, for the home screen: looked for only while it asks. */
import type { NearbyComputers, NearbyComputer } from '../../../src-shared/ipc.ts';
import { fingerprintWords } from '../../../src-shared/words.ts';
import type { NearbyRooms } from './nearby-rooms.ts';
import type { Browser, NearbyHost } from '../../host/discovery/index.ts';
import type { Clock, Log } from '../../host/meeting/index.ts';
import { systemClock } from '../../host/system-clock.ts';

/** The home screen asks twice a second; without a question for so long, nobody looks at it, ms. */
export const UNASKED_MS = 10_000;

export interface NearbyHostsOptions {
  /** Begins to look. */
  readonly browse: () => Promise<Pick<Browser, 'hosts' | 'hasNetwork' | 'close'>>;
  /** Whether the person lets this computer look. */
  readonly mayLook: () => boolean;
  /** The key of the host on this computer, if there is one. */
  readonly own: () => string | undefined;
  /** Whether the person has agreed to go to a host with this key. */
  readonly isKnown: (fingerprint: string) => boolean;
  readonly rooms: Pick<NearbyRooms, 'of'>;
  readonly clock: Clock;
}

/** Begins to look; what it takes is loaded then, so that the window is shown before. */
export async function browseOnDemand(log: Log): Promise<Browser> {
  const { browse } = await import('../../host/discovery/index.ts');
  return browse({ log, clock: systemClock });
}

export class NearbyHosts {
  readonly #options: NearbyHostsOptions;
  #browsing: ReturnType<NearbyHostsOptions['browse']> | null = null;
  #cancelEnd = (): void => undefined;

  constructor(options: NearbyHostsOptions) {
    this.#options = options;
  }

  /** Those that are there now, but for this computer's own; null: the person does not want to look. */
  async list(): Promise<NearbyComputers | null> {
    const { mayLook, browse, clock, own, rooms } = this.#options;
    this.#cancelEnd();
    if (!mayLook()) {
      await this.end();
      return null;
    }
    this.#browsing ??= browse();
    this.#cancelEnd = clock.after(UNASKED_MS, () => void this.end());
    const { hosts, hasNetwork } = await this.#browsing;
    const others = hosts.filter(({ fingerprint }) => fingerprint !== own());
    const shown = rooms.of(others);
    return {
      hasNetwork,
      hosts: others.map((host) => ({ ...this.#describe(host), rooms: shown.get(host.fingerprint) ?? null })),
    };
  }

  /** Stops looking. Idempotent. */
  async end(): Promise<void> {
    this.#cancelEnd();
    const browsing = this.#browsing;
    this.#browsing = null;
    await (await browsing)?.close();
  }

  #describe({ name, fingerprint, origins, sharesName }: NearbyHost): Omit<NearbyComputer, 'rooms'> {
    const addresses = origins.map((origin) => new URL(origin).host);
    const known = this.#options.isKnown(fingerprint);
    return { name, fingerprint, words: fingerprintWords(fingerprint), addresses, sharesName, known };
  }
}
