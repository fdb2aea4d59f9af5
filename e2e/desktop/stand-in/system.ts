/** What belongs to the system: kept by the stand-in, or not shown at all, so that a test neither needs nor changes it. */
import type * as Electron from 'electron';
import { NotInStandIn, present } from './whole.ts';

let text = '';

/** The app's own: neither the system's nor the page's. A test fills it with `writeText`. */
export const clipboard = present<Electron.Clipboard>('clipboard', {
  readText: () => Promise.resolve(text),
  writeText(written) {
    text = written;
    return Promise.resolve();
  },
});

/** Shows no dialogs: a test replaces the method by its answer, as it must with the real Electron. */
export const dialog = present<Electron.Dialog>('dialog', {
  showMessageBox: () => Promise.reject(new NotInStandIn('message box: replace dialog.showMessageBox in the test')),
});

/** A menu that is never shown, and whose roles and shortcuts do nothing. */
export const Menu = present<typeof Electron.Menu>('Menu', {
  buildFromTemplate: () => present<Electron.Menu>('menu', {}),
  setApplicationMenu: () => undefined,
});

const held = new Set<number>();
let lastId = 0;

/** Counts the blockers, but blocks nothing. */
export const powerSaveBlocker = present<Electron.PowerSaveBlocker>('powerSaveBlocker', {
  start() {
    held.add(++lastId);
    return lastId;
  },
  stop: (id) => held.delete(id),
  isStarted: (id) => held.has(id),
});

/** Opens nothing: a test replaces the method, as it must with the real Electron. */
export const shell = present<Electron.Shell>('shell', {
  openExternal: () =>
    Promise.reject(new NotInStandIn('system to open links in: replace shell.openExternal in the test')),
});

/** Empty: its members are for macOS and Windows, where the tests run on the real Electron. */
export const systemPreferences = present<Electron.SystemPreferences>('systemPreferences', {});
