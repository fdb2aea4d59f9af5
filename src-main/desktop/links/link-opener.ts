/** Opens links that the system passes to the app: on the home screen, as if the person had pasted them there. */
import type { MainWindow } from '../window/main-window.ts';

export interface LinkOpenerOptions {
  mainWindow: Pick<MainWindow, 'target' | 'show' | 'focus'> & { readonly window: object | null };
  /** Asks whether to leave the current meeting. */
  mayLeave: () => Promise<boolean>;
}

export class LinkOpener {
  readonly #options: LinkOpenerOptions;
  #first: string | null = null;

  constructor(options: LinkOpenerOptions) {
    this.#options = options;
  }

  /** The link for the first window: macOS passes it before the app is ready. */
  get first(): string | null {
    return this.#first;
  }

  /** @param link null: the app was opened again without a link */
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
