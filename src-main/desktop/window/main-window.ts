/**
 * The app's main window. Chromium caches the results of certificate verification for the lifetime of a
 * session, so each meeting gets its own session, and with it its own window. The next window loads hidden
 * and replaces the current one once its page has loaded.
 */
import type { BrowserWindow, WebContents } from 'electron';
import { pathOf } from '../../../src-shared/invite.ts';
import type { HomeContext, MeetingContext } from '../../../src-shared/ipc.ts';
import { ORIGIN } from '../page/scheme.ts';
import type { Pin } from '../trust/verify.ts';

/** What a window is opened for: the home screen, or one meeting. */
export type WindowTarget = Pick<HomeContext, 'at' | 'link'> | MeetingContext;

export interface MainWindowOptions {
  /** Creates a hidden window in a new session that accepts `pin` only, with the bounds of `previous` if there is one. */
  create: (pin: Pin | null, previous: BrowserWindow | null) => BrowserWindow;
  /** The person closes the window. `preventDefault` keeps it open. */
  onClose: (event: { preventDefault(): void }, window: BrowserWindow) => void;
  /** The current page is about to be replaced: its open requests and its state no longer count. Returns a function that restores them if the page stays. */
  onLeave: () => () => void;
}

export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  #target: WindowTarget = { at: 'home', link: null };
  #showing: Promise<void> = Promise.resolve();

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  get target(): WindowTarget {
    return this.#target;
  }

  /** Whether this computer hosts the meeting the window is in. */
  get isOwnMeeting(): boolean {
    return this.#target.at === 'meeting' && this.#target.own;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** The contents whose IPC calls are answered: those of the newest window. */
  get contents(): WebContents | null {
    return this.#window?.webContents ?? null;
  }

  /**
   * Opens the window, or replaces it. Calls run one after the other; each resolves when its window is
   * visible. If a page cannot be loaded, the previous window stays, and its IPC calls are answered again.
   *
   * @throws {Error} as `loadURL` does
   */
  show(target: WindowTarget): Promise<void> {
    const shown = this.#showing.then(() => this.#show(target));
    this.#showing = shown.catch(() => undefined);
    return shown;
  }

  /** Brings the window to the front. */
  focus(): void {
    if (!this.#window) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  async #show(target: WindowTarget): Promise<void> {
    const previous = this.#window;
    const previousTarget = this.#target;
    const stay = this.#options.onLeave();
    const window = this.#options.create(pinOf(target), previous);
    this.#window = window;
    this.#target = target;
    window.on('close', (event) => {
      // A window that another has replaced closes without a question.
      if (this.#window === window) this.#options.onClose(event, window);
    });
    window.on('closed', () => this.#closed(window));
    try {
      await window.loadURL(addressOf(target));
    } catch (error) {
      this.#window = previous?.isDestroyed() ? null : previous;
      this.#target = previousTarget;
      if (this.#window) stay();
      if (!window.isDestroyed()) window.destroy();
      throw error;
    }
    if (window.isDestroyed()) return;
    window.show();
    previous?.close();
  }

  #closed(window: BrowserWindow): void {
    if (this.#window !== window) return;
    this.#window = null;
    this.#options.onLeave();
  }
}

/** The host that the window's session accepts; null: none. */
function pinOf(target: WindowTarget): Pin | null {
  if (target.at === 'home') return null;
  return { origin: target.invite.origin, fingerprint: target.invite.fingerprint ?? null };
}

/** The page's address, without the invite's token: the page asks for that over IPC. */
function addressOf(target: WindowTarget): string {
  return target.at === 'home' ? `${ORIGIN}/` : `${ORIGIN}${pathOf(target.invite)}`;
}
