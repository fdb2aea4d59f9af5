import type * as Electron from 'electron';
import { present } from '../whole.ts';

const held = new Set<number>();
let lastId = 0;

/** Counts the blockers, but blocks nothing. */
export const powerSaveBlocker = present<Electron.PowerSaveBlocker>('powerSaveBlocker', {
  start() {
    held.add(++lastId);
    return lastId;
  },
  stop: (id) => held.delete(id),
  isStarted: (id) => held.has(id),
});
