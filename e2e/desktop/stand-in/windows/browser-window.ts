/** The two classes by which an app, and Playwright, find windows and their pages. */
import type * as Electron from 'electron';
import { present, presentClass } from '../whole.ts';
import { AppWindow } from './app-window.ts';
import { openWindows, windowOfTarget } from './windows.ts';

export const BrowserWindow = presentClass<typeof Electron.BrowserWindow>(
  'BrowserWindow',
  (options = {}) => new AppWindow(options).electron,
  {
    getAllWindows: () => openWindows().map(({ electron }) => electron),
    fromWebContents: (contents) => openWindows().find(({ webContents }) => webContents === contents)?.electron ?? null,
  },
);

export const webContents = present<typeof Electron.webContents>('webContents', {
  fromDevToolsTargetId: (targetId) => windowOfTarget(targetId)?.webContents,
});
