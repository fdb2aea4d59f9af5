import type * as Electron from 'electron';
import { present } from '../whole.ts';

/** All of it belongs to macOS and Windows, where the real Electron is to be used. */
export const systemPreferences = present<Electron.SystemPreferences>('systemPreferences', {});
