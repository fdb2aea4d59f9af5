import type * as Electron from 'electron';
import { present } from '../whole.ts';

/** Never shown, and no key or role of it does anything: it only may be made and set. */
export const Menu = present<typeof Electron.Menu>('Menu', {
  buildFromTemplate: () => present<Electron.Menu>('menu', {}),
  setApplicationMenu: () => undefined,
});
