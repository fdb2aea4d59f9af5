import { t, type Explained } from '../../i18n/index.svelte.ts';
import { problemOf } from '../../client/problem.ts';
import { DesktopFailure } from '../../platform/bridge.ts';

/** A room being opened, once at a time, and why it could not be. */
export class Opening {
  readonly #open: () => Promise<void>;
  #busy = $state(false);
  #failed = $state.raw<Explained | null>(null);

  /** @param open rejects with the host's or the app's failure */
  constructor(open: () => Promise<void>) {
    this.#open = open;
  }

  get busy(): boolean {
    return this.#busy;
  }
  get failed(): Explained | null {
    return this.#failed;
  }

  async begin(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#failed = null;
    try {
      await this.#open();
    } catch (error) {
      this.#failed = error instanceof DesktopFailure ? t().desktop[error.code] : t().problems[problemOf(error).code];
    } finally {
      this.#busy = false;
    }
  }
}
