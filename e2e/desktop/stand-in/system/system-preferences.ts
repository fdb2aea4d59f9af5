import type * as Electron from 'electron';
import { present } from '../whole.ts';

/** Empty: its members are for macOS and Windows, where the tests run on the real Electron. */
export const systemPreferences = present<Electron.SystemPreferences>('systemPreferences', {});
