/** Makes the windows of the app, all alike: sandboxed, isolated, held to one page and one host. */
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, Session } from 'electron';
import { guardNavigation } from '../guard/navigation.ts';
import { guardPermissions } from '../guard/permissions.ts';
import { securityPolicy } from '../page/security-policy.ts';
import { SCHEME, serveApp } from '../page/scheme.ts';
import { pinHost } from '../trust/verify.ts';
import type { Pin } from '../trust/verify.ts';
import { revive } from './revive.ts';
import { LEAST_SIZE } from './window-state.ts';

/** The page's own background (`--bg` of its tokens), so that a window never flashes. */
const BACKGROUND = { dark: '#181512', light: '#f4f0e9' };

export interface WindowMakerOptions {
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Gives the in-memory session of a name. */
  fromPartition: (name: string) => Session;
  /** The folder of the built page. */
  root: string;
  /** The built preload. */
  preload: string;
  dark: () => boolean;
  /** Bounds of the first window, and whether it is maximized. */
  initial: () => Partial<Rectangle>;
  maximized: () => boolean;
  answerDisplayMedia: Parameters<Session['setDisplayMediaRequestHandler']>[0];
  development: boolean;
}

export class WindowMaker {
  readonly #options: WindowMakerOptions;
  #made = 0;

  constructor(options: WindowMakerOptions) {
    this.#options = options;
  }

  /** A hidden window in a fresh session held to `pin`; where `previous` is, else where the last one was. */
  make(pin: Pin | null, previous: BrowserWindow | null): BrowserWindow {
    const { BrowserWindow, dark, preload, development } = this.#options;
    const maximized = previous?.isMaximized() ?? this.#options.maximized();
    const window = new BrowserWindow({
      ...(previous?.getNormalBounds() ?? this.#options.initial()),
      ...(previous?.isFullScreen() && { fullscreen: true }),
      minWidth: LEAST_SIZE.width,
      minHeight: LEAST_SIZE.height,
      title: 'Parley',
      show: false,
      autoHideMenuBar: true,
      backgroundColor: dark() ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        session: this.#session(pin),
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        allowRunningInsecureContent: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        // A meeting goes on while its window is behind another.
        backgroundThrottling: false,
        devTools: development,
      },
    });
    if (maximized) window.maximize();
    guardNavigation(window.webContents);
    revive(window.webContents);
    return window;
  }

  #session(pin: Pin | null): Session {
    const { fromPartition, root, answerDisplayMedia } = this.#options;
    const session = fromPartition(`window-${String(++this.#made)}`);
    pinHost(session, pin);
    guardPermissions(session);
    session.setDisplayMediaRequestHandler(answerDisplayMedia);
    session.protocol.handle(SCHEME, serveApp(root, securityPolicy(pin?.origin ?? null)));
    return session;
  }
}
