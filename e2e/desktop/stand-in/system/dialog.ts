import type * as Electron from 'electron';
import { NotInStandIn, present } from '../whole.ts';

/** Shows no dialogs: a test replaces the method by its answer, as it must with the real Electron. */
export const dialog = present<Electron.Dialog>('dialog', {
  showMessageBox: () => Promise.reject(new NotInStandIn('message box: replace dialog.showMessageBox in the test')),
});
