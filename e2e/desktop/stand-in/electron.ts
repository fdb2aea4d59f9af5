/** What an app gets that imports `electron`: the parts Parley uses. An import of any other fails by itself. */
import { app, start } from './app/app.ts';
import { ipcMain } from './ipc/ipc-main.ts';
import { desktopCapturer } from './screens/desktop-capturer.ts';
import { screen } from './screens/screen.ts';
import { protocol } from './session/addresses.ts';
import { session } from './session/session.ts';
import { clipboard, dialog, Menu, powerSaveBlocker, shell, systemPreferences } from './system.ts';
import { BrowserWindow, webContents } from './windows/browser-window.ts';
import { nativeTheme } from './windows/native-theme.ts';

export {
  app,
  BrowserWindow,
  clipboard,
  desktopCapturer,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  systemPreferences,
  webContents,
};

const switches = (process.env['STAND_IN_SWITCHES'] ?? '').split('\n').filter(Boolean);

// Electron is ready once the app's main module has run: it imports this one.
setImmediate(() => {
  start(switches).catch((error: unknown) => {
    console.error('Chromium could not be started', error);
    process.exit(1);
  });
});
