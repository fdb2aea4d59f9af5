/** A window's page: what it loads, what it may do, what it hears. */
import type * as Electron from 'electron';
import { announceOrigin } from '../chromium/app-origin.ts';
import { chromium } from '../chromium/chromium.ts';
import type { Target } from '../chromium/connection.ts';
import { Events } from '../events.ts';
import { PageCalls } from '../page/calls.ts';
import { installScripts } from '../page/scripts.ts';
import { appOrigin, toApp, toWeb } from '../session/addresses.ts';
import type { StandInSession } from '../session/session.ts';
import { colorScheme, themeChanges } from './native-theme.ts';
import { NotInStandIn, present } from '../whole.ts';
import { guardPage } from './requests.ts';

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

const EVENTS = [
  'destroyed',
  'did-finish-load',
  'render-process-gone',
  // Without webviews, which no window here can have, never emitted.
  'will-attach-webview',
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
] as const;

export interface ContentsOptions {
  session: StandInSession;
  preload: string | undefined;
  /** Closes the window, unless the app prevents it. */
  close: () => void;
  /** Resolves when there is a page at all: {@link Contents.attach} is over. */
  attached: () => Promise<void>;
}

let lastId = 0;

export class Contents extends Events<(typeof EVENTS)[number]> {
  readonly id = ++lastId;
  readonly electron = present<Electron.WebContents>('webContents', this);
  readonly #options: ContentsOptions;
  #target: Target | null = null;
  #calls: PageCalls | null = null;
  #url = '';
  #destroyed = false;
  #open: OpenHandler | null = null;
  /** Whether the navigation under way is the app's own, of which `will-navigate` does not tell. */
  #loading = false;

  constructor(options: ContentsOptions) {
    super('webContents', EVENTS);
    this.#options = options;
  }

  /** For the window: takes over a target just made. */
  async attach(targetId: string): Promise<void> {
    const { sessionId } = await chromium.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const target = chromium.connection.target(sessionId);
    this.#target = target;
    target.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.#url = toApp(frame.url + (frame.urlFragment ?? ''));
    });
    target.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      // The main frame of a page has the id of its target.
      if (frameId === targetId) this.#url = toApp(url);
    });
    target.on('Page.loadEventFired', () => this.emit('did-finish-load'));
    target.on('Page.windowOpen', ({ url }) => this.#opens(toApp(url)));
    target.on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );
    const { session, preload, close } = this.#options;
    this.#calls = new PageCalls({
      target,
      frameId: targetId,
      contents: this.electron,
      session,
      close,
      opens: (url) => this.#opens(url),
    });
    await Promise.all([target.send('Page.enable'), target.send('Inspector.enable'), target.send('Runtime.enable')]);
    await Promise.all([
      session.certificates.watch(target),
      installScripts(target, preload),
      guardPage(target, {
        handlerOf: session.handlerOf,
        mainFrame: targetId,
        mayNavigate: (navigation) => this.#loading || !this.#refuses(navigation),
        mayRedirect: (details) => !this.isPrevented('will-redirect', details),
      }),
    ]);
    const showTheme = (scheme: string) => void this.#showTheme(scheme).catch(() => undefined);
    themeChanges.on('changed', showTheme);
    this.once('destroyed', () => themeChanges.off('changed', showTheme));
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** As the page's own `window.close()`. */
  close(): void {
    this.#options.close();
  }

  send(channel: string, ...args: unknown[]): void {
    this.#calls?.message(channel, args);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }

  /** @throws {Error} in Electron's words, when nothing could be loaded or the window went meanwhile */
  async loadURL(url: string): Promise<void> {
    await this.#options.attached();
    const failed = (reason: string) => new Error(`${reason} loading '${url}'`);
    const { promise: finished, resolve, reject } = Promise.withResolvers<unknown>();
    const gone = () => reject(failed('ERR_FAILED (-2)'));
    this.once('did-finish-load', resolve);
    this.once('destroyed', gone);
    this.#loading = true;
    try {
      const browserContextId = await this.#options.session.browserContextId;
      await this.#options.session.permissions.settle({ contents: this.electron, url, browserContextId });
      if (toWeb(url) !== url) await announceOrigin(appOrigin(url), new URL(toWeb(url)).origin);
      await this.#showTheme(colorScheme());
      const navigated = await this.#target?.send('Page.navigate', { url: toWeb(url) });
      if (navigated?.errorText) throw failed(navigated.errorText.replace(/^net::/, ''));
      await finished;
    } finally {
      this.#loading = false;
      this.off('did-finish-load', resolve);
      this.off('destroyed', gone);
    }
  }

  reload(): void {
    this.#loading = true;
    this.once('did-finish-load', () => {
      this.#loading = false;
    });
    // The window may close instead.
    this.#target?.send('Page.reload').catch(() => undefined);
  }

  /** For the window: shows an empty page of this title. */
  async showTitle(title: string): Promise<void> {
    // Resolves once the page is there: the first empty page of a target may still be replaced by another.
    await this.#target?.send('Page.navigate', { url: 'about:blank' });
    await this.#target?.send('Runtime.evaluate', { expression: `document.title = ${JSON.stringify(title)}` });
  }

  /** For the window: puts its page before the others. */
  async bringToFront(): Promise<void> {
    await this.#target?.send('Page.bringToFront');
  }

  /** For the window: its target is gone. */
  destroyed(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }

  #refuses(details: { url: string; isMainFrame: boolean }): boolean {
    if (this.isPrevented('will-frame-navigate', details)) return true;
    return details.isMainFrame && this.isPrevented('will-navigate', details, details.url);
  }

  /** The page opens a window by script, or has by a link: that one Chromium has opened by now, and windows.ts closes it. */
  #opens(url: string): void {
    const answer = this.#open?.({
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { policy: 'default', url: '' },
    });
    if (answer?.action !== 'deny') throw new NotInStandIn(`window for a page to open (${url})`);
  }

  async #showTheme(scheme: string): Promise<void> {
    await this.#target?.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
  }
}
