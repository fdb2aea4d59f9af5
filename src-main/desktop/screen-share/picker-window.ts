/** The window in which the person chooses what to share. Its page is the app's own and connects to no host. */
import type { BrowserWindow, WebContents } from 'electron';
import { ORIGIN } from '../page/scheme.ts';

export interface PickerWindowOptions {
  /** Makes a hidden window that stands over the main window. */
  create: () => BrowserWindow;
  report: (error: unknown) => void;
}

export class PickerWindow {
  readonly #options: PickerWindowOptions;
  #window: BrowserWindow | null = null;

  constructor(options: PickerWindowOptions) {
    this.#options = options;
  }

  /** The contents whose IPC calls are answered. */
  get contents(): WebContents | null {
    return this.#window?.webContents ?? null;
  }

  get sourceId(): string | null {
    return this.#window?.getMediaSourceId() ?? null;
  }

  /** Opens a new window. @param closed called when it closes, also because its page could not be loaded */
  open(closed: () => void): void {
    const { create, report } = this.#options;
    this.close();
    const window = create();
    this.#window = window;
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
      closed();
    });
    const show = () => {
      if (this.#window === window) window.show();
    };
    window.loadURL(`${ORIGIN}/`).then(show, (error: unknown) => {
      // Closed while it loaded: nothing has failed.
      if (this.#window !== window) return;
      report(error);
      window.destroy();
    });
  }

  close(): void {
    const window = this.#window;
    this.#window = null;
    if (window && !window.isDestroyed()) window.destroy();
  }
}
