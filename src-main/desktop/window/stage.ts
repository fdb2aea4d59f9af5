/**
 * The app's one window. A session keeps its certificate verdicts for life, so each meeting gets a
 * session of its own, and with it a window of its own: the next one loads behind the present one and
 * takes its place once it has something to show.
 */
import type { BrowserWindow, WebContents } from 'electron';
import { channel } from '../../../src-shared/channel.ts';
import type { Events } from '../../../src-shared/ipc.ts';
import type { Where } from './places.ts';
import { addressOf, pinOf } from './places.ts';
import type { Pin } from '../trust/verify.ts';

export interface StageOptions {
  /** Makes a hidden window in a fresh session held to `pin`, where `previous` is, if it is. */
  create: (pin: Pin | null, previous: BrowserWindow | null) => BrowserWindow;
  /** The window is about to close by the person's will; may be prevented. */
  onClose: (event: { preventDefault(): void }, window: BrowserWindow) => void;
  /** The present window is leaving: whatever it was asked, or said, holds no longer. */
  onLeave: () => void;
}

export class Stage {
  readonly #options: StageOptions;
  #window: BrowserWindow | null = null;
  #where: Where = { at: 'home', link: null };
  #showing: Promise<void> = Promise.resolve();

  constructor(options: StageOptions) {
    this.#options = options;
  }

  /** Where the window is. */
  get where(): Where {
    return this.#where;
  }

  /** Whether this computer hosts the meeting the window is in. */
  get isOwnMeeting(): boolean {
    return this.#where.at === 'meeting' && this.#where.own;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** The contents whose calls are answered: those of the newest window. */
  get contents(): WebContents | null {
    return this.#window?.webContents ?? null;
  }

  /** Opens the window, or another in its place, one after the other. Resolves when it is seen. */
  show(where: Where): Promise<void> {
    const shown = this.#showing.then(() => this.#show(where));
    this.#showing = shown.catch(() => undefined);
    return shown;
  }

  /** Brings the window to the front. */
  focus(): void {
    if (!this.#window) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.focus();
  }

  /** Tells the window something it did not ask for. */
  send<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    this.contents?.send(channel(name), event);
  }

  async #show(where: Where): Promise<void> {
    const previous = this.#window;
    this.#options.onLeave();
    const window = this.#options.create(pinOf(where), previous);
    this.#window = window;
    this.#where = where;
    window.on('close', (event) => {
      // One whose place another has taken just goes, and its page says goodbye.
      if (this.#window === window) this.#options.onClose(event, window);
    });
    window.on('closed', () => this.#closed(window));
    await window.loadURL(addressOf(where));
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
