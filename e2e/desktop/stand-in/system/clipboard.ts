import type * as Electron from 'electron';
import { present } from '../whole.ts';

let text = '';

/** The app's own: neither the system's nor the page's. A test fills it with `writeText`. */
export const clipboard = present<Electron.Clipboard>('clipboard', {
  readText: () => Promise.resolve(text),
  writeText(written) {
    text = written;
    return Promise.resolve();
  },
});
