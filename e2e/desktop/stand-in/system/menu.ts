import type * as Electron from 'electron';
import { present } from '../whole.ts';

/** A menu that is never shown, and whose roles and shortcuts do nothing. */
export const Menu = present<typeof Electron.Menu>('Menu', {
  buildFromTemplate: () => present<Electron.Menu>('menu', {}),
  setApplicationMenu: () => undefined,
});
