/** Creates the app's windows, all with the same security settings: sandboxed, isolated, one page and one host each. */
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, Session, WebContents } from 'electron';
import { securityPolicy } from '../page/security-policy.ts';
import { SCHEME, serveApp } from '../page/scheme.ts';
import { guardPermissions } from '../permissions/permissions.ts';
import { pinHost } from '../trust/verify.ts';
import type { Pin } from '../trust/verify.ts';
import { guardNavigation } from './navigation.ts';
import { LEAST_SIZE } from './window-state.ts';

/** The page's background (`--bg` of its tokens), so that a window never shows white before its page. */
const BACKGROUND = { dark: '#181512', light: '#f4f0e9' };

/** The background of the screen picker, which is always dark (`--surface`). */
const PICKER_BACKGROUND = '#221e1a';
/** Px, of the screen picker. */
const PICKER_SIZE = { width: 848, height: 636 };

/** How often a page that keeps crashing is loaded again. */
const MAX_RELOADS = 3;

/** The built files of a page: the folder of the page itself, and its preload. */
export interface PageFiles {
  root: string;
  preload: string;
}

export interface WindowMakerOptions {
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Returns the in-memory session of a name. */
  fromPartition: (name: string) => Session;
  page: PageFiles;
  picker: PageFiles;
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
  #pickerSession: Session | null = null;

  constructor(options: WindowMakerOptions) {
    this.#options = options;
  }

  /** Creates a hidden main window in a new session that accepts `pin` only; with the bounds of `previous`, else those that were stored. */
  make(pin: Pin | null, previous: BrowserWindow | null): BrowserWindow {
    const { dark, page, answerDisplayMedia } = this.#options;
    const maximized = previous?.isMaximized() ?? this.#options.maximized();
    const session = this.#session(page, pin);
    session.setDisplayMediaRequestHandler(answerDisplayMedia);
    const window = this.#window(page, session, {
      ...(previous?.getNormalBounds() ?? this.#options.initial()),
      ...(previous?.isFullScreen() && { fullscreen: true }),
      minWidth: LEAST_SIZE.width,
      minHeight: LEAST_SIZE.height,
      backgroundColor: dark() ? BACKGROUND.dark : BACKGROUND.light,
    });
    if (maximized) window.maximize();
    reloadAfterCrash(window.webContents);
    return window;
  }

  /** Creates a hidden screen picker over `parent`. Its session can connect to no host and use no device. */
  makePicker(parent: BrowserWindow | null): BrowserWindow {
    const { picker } = this.#options;
    this.#pickerSession ??= this.#session(picker, null);
    const window = this.#window(picker, this.#pickerSession, {
      ...PICKER_SIZE,
      ...(parent && { parent, modal: true }),
      frame: false,
      minimizable: false,
      fullscreenable: false,
      backgroundColor: PICKER_BACKGROUND,
    });
    // It has no title bar to close it by.
    window.webContents.on('render-process-gone', () => window.destroy());
    return window;
  }

  #window({ preload }: PageFiles, session: Session, look: BrowserWindowConstructorOptions): BrowserWindow {
    const { BrowserWindow, development } = this.#options;
    const window = new BrowserWindow({
      ...look,
      title: 'Parley',
      show: false,
      autoHideMenuBar: true,
      webPreferences: {
        session,
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
    guardNavigation(window.webContents);
    return window;
  }

  #session({ root }: PageFiles, pin: Pin | null): Session {
    const { fromPartition, mayUseMedia } = this.#options;
    const session = fromPartition(`window-${String(++this.#made)}`);
    pinHost(session, pin);
    guardPermissions(session, () => pin !== null && mayUseMedia(pin));
    session.protocol.handle(SCHEME, serveApp(root, securityPolicy(pin?.origin ?? null)));
    return session;
  }
}

/** Loads a page again whose process has crashed. */
export function reloadAfterCrash(contents: Pick<WebContents, 'on' | 'reload'>): void {
  let reloads = 0;
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && reloads++ < MAX_RELOADS) contents.reload();
  });
}
