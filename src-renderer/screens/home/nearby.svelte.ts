import type { Discovery, NearbyComputers } from '../../../src-shared/ipc.ts';

/** How often the app is asked for the hosts nearby, ms. */
const ASK_MS = 500;

/** What the page needs of the app for it. */
export interface NearbySource {
  nearby(): Promise<NearbyComputers | null>;
  setDiscovery(discovery: Discovery): Promise<void>;
}

/** The hosts nearby as the home screen shows them, and what the person wants of discovery. Reactive. */
export class NearbyView {
  readonly #source: NearbySource;
  #discovery: Discovery;
  #found = $state.raw<NearbyComputers | null>(null);

  constructor(source: NearbySource, discovery: Discovery) {
    this.#source = source;
    this.#discovery = $state.raw(discovery);
  }

  get discovery(): Discovery {
    return this.#discovery;
  }

  /** Null: nothing is known yet, or the person does not want to look. */
  get found(): NearbyComputers | null {
    return this.#found;
  }

  /** What cannot be stored is as it was. */
  async choose(discovery: Discovery): Promise<void> {
    const before = this.#discovery;
    this.#discovery = discovery;
    try {
      await this.#source.setDiscovery(discovery);
      await this.#ask();
    } catch {
      this.#discovery = before;
    }
  }

  /** Keeps the list as it is now, as long as the page can be seen. @returns ends it */
  follow(): () => void {
    const ask = () => {
      // What cannot be asked now is asked again in a second.
      if (document.visibilityState === 'visible') this.#ask().catch(() => undefined);
    };
    ask();
    const timer = setInterval(ask, ASK_MS);
    return () => clearInterval(timer);
  }

  async #ask(): Promise<void> {
    const found = await this.#source.nearby();
    // A list that has not changed is not rendered again.
    if (JSON.stringify(found) !== JSON.stringify(this.#found)) this.#found = found;
  }
}
