import type * as Electron from 'electron';
import { present } from '../whole.ts';
import { screenSize } from './x11.ts';

/** One display, all of it for windows. */
export const screen = present<Electron.Screen>('screen', {
  getAllDisplays() {
    const area = { x: 0, y: 0, ...screenSize() };
    return [present<Electron.Display>('display', { id: 0, scaleFactor: 1, bounds: area, workArea: area })];
  },
});
