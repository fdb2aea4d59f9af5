import type * as Electron from 'electron';
import { NotInStandIn, present } from '../whole.ts';

/** Kept, not shown: its keys and roles do nothing. */
let applicationMenu: Electron.Menu | null = null;

export const Menu = present<typeof Electron.Menu>('Menu', {
  buildFromTemplate: () => present<Electron.Menu>('menu', {}),
  setApplicationMenu(menu) {
    applicationMenu = menu;
  },
  getApplicationMenu() {
    if (!applicationMenu) throw new NotInStandIn('menu of its own');
    return applicationMenu;
  },
});
