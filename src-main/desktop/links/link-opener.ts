/** Opens links the system hands over: at home, as if they had been pasted there. */
import type { MainWindow } from '../window/main-window.ts';

export interface LinkOpenerOptions {
  mainWindow: Pick<MainWindow, 'target' | 'show' | 'focus'> & { readonly window: object | null };
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
    const { mainWindow, mayLeave } = this.#options;
    if (!mainWindow.window) {
      this.#first = link;
      return;
    }
    mainWindow.focus();
    if (link === null || (mainWindow.target.at === 'meeting' && !(await mayLeave()))) return;
    await mainWindow.show({ at: 'home', link });
  }
}
