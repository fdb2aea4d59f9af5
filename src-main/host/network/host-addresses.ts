import { isDeepStrictEqual } from 'node:util';
import type { AnnouncedAddress } from '../address.ts';
import type { Clock } from '../meeting/index.ts';
import { announcedAddresses, chosenAddresses, type Interfaces } from './interfaces.ts';
import { hostNames } from './names.ts';

/** How often the network interfaces are looked at, ms. */
export const LOOK_MS = 2000;

export interface HostAddressesOptions {
  readonly interfaces: () => Interfaces;
  /** As the system gives it. */
  readonly hostname: string;
  /** IP addresses or names a person chose instead of what the interfaces have: these never change. */
  readonly chosen?: readonly string[] | undefined;
}

/** What this host can be reached at, true also after its network has changed. */
export class HostAddresses {
  readonly #options: HostAddressesOptions;
  readonly #fixed: boolean;
  #announced: readonly AnnouncedAddress[];
  /** What the last look found. */
  #seen: readonly AnnouncedAddress[];

  constructor(options: HostAddressesOptions) {
    const { chosen = [], interfaces } = options;
    this.#options = options;
    this.#fixed = chosen.length > 0;
    this.#announced = this.#fixed ? chosenAddresses(chosen, interfaces()) : announcedAddresses(interfaces());
    this.#seen = this.#announced;
  }

  /** Best first. */
  get announced(): readonly AnnouncedAddress[] {
    return this.#announced;
  }

  /** Every name this host answers to. */
  get names(): string[] {
    return hostNames({ addresses: this.#announced, hostname: this.#options.hostname });
  }

  /**
   * Looks at the interfaces every `LOOK_MS`. What two looks in a row have found is announced: an
   * address that has just come cannot be listened on yet, and some go for a moment only.
   *
   * @param follow called after each change; must not reject. The next look waits for it
   * @returns ends the watch
   */
  watch(clock: Clock, follow: () => Promise<void>): () => void {
    if (this.#fixed) return () => undefined;
    let over = false;
    let cancel = (): void => undefined;
    const lookLater = () => {
      if (!over) cancel = clock.after(LOOK_MS, () => void look());
    };
    const look = async () => {
      if (this.#look()) await follow();
      lookLater();
    };
    lookLater();
    return () => {
      over = true;
      cancel();
    };
  }

  /** Whether what is announced has changed. */
  #look(): boolean {
    const found = announcedAddresses(this.#options.interfaces());
    const settled = isDeepStrictEqual(found, this.#seen);
    this.#seen = found;
    if (!settled || isDeepStrictEqual(found, this.#announced)) return false;
    this.#announced = found;
    return true;
  }
}
