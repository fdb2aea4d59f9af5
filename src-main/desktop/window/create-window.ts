/** Makes the app's windows, all with the same rules: sandboxed, isolated, one page and one host each. */
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, Session, WebContents } from 'electron';
import { guardPermissions } from '../permissions/permissions.ts';
import { securityPolicy } from '../page/security-policy.ts';
import { SCHEME, serveApp } from '../page/scheme.ts';
import { pinHost } from '../trust/verify.ts';
import type { Pin } from '../trust/verify.ts';
import { guardNavigation } from './navigation.ts';
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
  /** Whether the person lets this host use camera and microphone. */
  mayUseMedia: (host: Pin) => boolean;
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
    reloadAfterCrash(window.webContents);
    return window;
  }

  #session(pin: Pin | null): Session {
    const { fromPartition, root, mayUseMedia, answerDisplayMedia } = this.#options;
    const session = fromPartition(`window-${String(++this.#made)}`);
    pinHost(session, pin);
    guardPermissions(session, () => pin !== null && mayUseMedia(pin));
    session.setDisplayMediaRequestHandler(answerDisplayMedia);
    session.protocol.handle(SCHEME, serveApp(root, securityPolicy(pin?.origin ?? null)));
    return session;
  }
}

/** How often a page that keeps crashing is loaded again. */
const MAX_RELOADS = 3;

/** Loads a page again whose process has crashed. */
export function reloadAfterCrash(contents: Pick<WebContents, 'on' | 'reload'>): void {
  let reloads = 0;
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && reloads++ < MAX_RELOADS) contents.reload();
  });
}
