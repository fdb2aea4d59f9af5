/** Opens links the system hands over: at home, as if they had been pasted there. */
import type { Stage } from '../window/stage.ts';

export interface LinkOpenerOptions {
  stage: Pick<Stage, 'where' | 'show' | 'focus'> & { readonly window: object | null };
  /** Whether to leave the meeting one is in. */
  mayLeave: () => Promise<boolean>;
}

export class LinkOpener {
  readonly #options: LinkOpenerOptions;
  #first: string | null = null;

  constructor(options: LinkOpenerOptions) {
    this.#options = options;
  }

  /** The link the first window opens with: macOS hands it over before the app is ready. */
  get first(): string | null {
    return this.#first;
  }

  /** @param link null: the app was merely opened again */
  async open(link: string | null): Promise<void> {
    const { stage, mayLeave } = this.#options;
    if (!stage.window) {
      this.#first = link;
      return;
    }
    stage.focus();
    if (link === null || (stage.where.at === 'meeting' && !(await mayLeave()))) return;
    await stage.show({ at: 'home', link });
  }
}
