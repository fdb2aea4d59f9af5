/** What a window may be made with. */
import type * as Electron from 'electron';
import { NotInStandIn } from '../whole.ts';

type Options = Electron.BrowserWindowConstructorOptions;
type Preferences = Electron.WebPreferences;

/** Options that are followed, or have no effect on a window of Chromium (its frame, title and minimum size). */
const OPTIONS: ReadonlySet<string> = new Set<keyof Options>([
  'autoHideMenuBar',
  'backgroundColor',
  'frame',
  'fullscreen',
  'fullscreenable',
  'height',
  'minHeight',
  'minimizable',
  'minWidth',
  'modal',
  'parent',
  'show',
  'title',
  'webPreferences',
  'width',
  'x',
  'y',
]);

const PREFERENCES: ReadonlySet<string> = new Set<keyof Preferences>(['devTools', 'preload', 'session']);

/** What applies to all pages of Chromium. Other values throw. */
const FIXED: Preferences = {
  allowRunningInsecureContent: false,
  backgroundThrottling: false,
  contextIsolation: true,
  navigateOnDragDrop: false,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  sandbox: true,
  spellcheck: false,
  webSecurity: true,
  webviewTag: false,
};

/** @throws {NotInStandIn} for an option or value that the stand-in does not have */
export function checkOptions({ webPreferences = {}, ...options }: Options): void {
  for (const name of Object.keys(options))
    if (!OPTIONS.has(name)) throw new NotInStandIn(`BrowserWindow option ${name}`);
  const fixed = new Map(Object.entries(FIXED));
  for (const [name, value] of Object.entries(webPreferences))
    if (!PREFERENCES.has(name) && fixed.get(name) !== value)
      throw new NotInStandIn(`web preference ${name}: ${String(value)}`);
}
