/** A window of the app: a window of Chromium whose page has the requested size. */
import type * as Electron from 'electron';
import { chromium } from '../chromium/chromium.ts';
import { sourceIdOf } from '../screens/desktop-capturer.ts';
import { findWindow } from '../screens/x11.ts';
import { Events } from '../events.ts';
import { sessionBehind } from '../session/session.ts';
import { present } from '../whole.ts';
import { checkOptions } from './options.ts';
import { Contents } from './web-contents.ts';
import type { KnownWindow } from './windows.ts';
import { windowHasTarget, windowOpened } from './windows.ts';

const EVENTS = ['close', 'closed', 'show'] as const;

/** Px, Electron's own. */
const SIZE = { width: 800, height: 600 };
const PLACE = { x: 0, y: 0 };

let lastId = 0;

/** Whether it is shown, in front or maximized is only stored: the window is always on the screen. */
export class AppWindow extends Events<(typeof EVENTS)[number]> implements KnownWindow {
  readonly id = ++lastId;
  readonly contents: Contents;
  readonly electron = present<Electron.BrowserWindow>('BrowserWindow', this);
  readonly #bounds: Electron.Rectangle;
  readonly #fullScreen: boolean;
  readonly #made: Promise<void>;
  #targetId: string | null = null;
  /** Its id on the X server; empty until it has been made. */
  #xWindow = '';
  #visible: boolean;
  #maximized = false;
  #closing = false;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super('BrowserWindow', EVENTS);
    checkOptions(options);
    const { x = PLACE.x, y = PLACE.y, width = SIZE.width, height = SIZE.height } = options;
    this.#bounds = { x, y, width, height };
    this.#visible = options.show ?? true;
    this.#fullScreen = options.fullscreen ?? false;
    const session = sessionBehind(options.webPreferences?.session);
    this.contents = new Contents({
      session,
      preload: options.webPreferences?.preload,
      close: () => this.close(),
      attached: () => this.#made,
    });
    windowOpened(this);
    this.#made = session.browserContextId.then((context) => this.#make(context));
    this.#made.catch((error: unknown) => console.error('a window could not be made', error));
  }

  get webContents(): Electron.WebContents {
    return this.contents.electron;
  }

  getMediaSourceId(): string {
    return sourceIdOf(this.#xWindow);
  }

  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url);
  }

  show(): void {
    this.#visible = true;
    this.focus();
    this.emit('show');
  }

  focus(): void {
    this.#later(() => this.contents.bringToFront());
  }

  maximize(): void {
    this.#maximized = true;
  }

  /** Closes it as the person does; the app can prevent it. */
  close(): void {
    if (this.#closing || this.isPrevented('close')) return;
    this.destroy();
  }

  /** Closes it without `close`. Electron does not fire the page's `pagehide` then; Chromium does. */
  destroy(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#later(() =>
      this.#targetId === null ? undefined : chromium.browser.send('Target.closeTarget', { targetId: this.#targetId }),
    );
  }

  get closing(): boolean {
    return this.#closing;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isMinimized(): boolean {
    return false;
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  closed(): void {
    this.#closing = true;
    this.#destroyed = true;
    this.contents.destroyed();
    this.emit('closed');
  }

  async #make(browserContextId: string): Promise<void> {
    const { x: left, y: top, width, height } = this.#bounds;
    const { targetId } = await chromium.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      browserContextId,
      left,
      top,
      width,
      height,
    });
    this.#targetId = targetId;
    windowHasTarget(this, targetId);
    const { windowId } = await chromium.browser.send('Browser.getWindowForTarget', { targetId });
    // Electron's windows have no tabs and no address bar.
    await chromium.browser.send('Browser.setContentsSize', { windowId, width, height });
    if (this.#fullScreen)
      await chromium.browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } });
    await this.contents.attach(targetId);
    // DevTools does not tell a window's id on the X server: it is found by a title that no other window has.
    const title = `window ${this.id} of process ${process.pid}`;
    await this.contents.showTitle(title);
    this.#xWindow = await findWindow(title);
  }

  /** Once Chromium's window is there; it may also be gone by then. */
  #later(work: () => Promise<unknown> | undefined): void {
    this.#made.then(work).catch(() => undefined);
  }
}
