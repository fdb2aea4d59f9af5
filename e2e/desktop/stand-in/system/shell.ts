import type * as Electron from 'electron';
import { NotInStandIn, present } from '../whole.ts';

/** Opens nothing: a test replaces the method, as it must with the real Electron. */
export const shell = present<Electron.Shell>('shell', {
  openExternal: () =>
    Promise.reject(new NotInStandIn('system to open links in: replace shell.openExternal in the test')),
});
