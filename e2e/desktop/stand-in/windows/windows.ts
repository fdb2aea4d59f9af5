/** The registry of all windows. */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { chromium } from '../chromium/chromium.ts';

/** A window in the registry. */
export interface KnownWindow {
  readonly electron: Electron.BrowserWindow;
  readonly webContents: Electron.WebContents;
  /** Whether it is closing. */
  readonly closing: boolean;
  /** As the person closes it. */
  close(): void;
  /** Called when it has closed. */
  closed(): void;
}

const windows = new Map<string, KnownWindow>();
const open = new Set<KnownWindow>();

/** Emits `last` when no window is left. */
export const windowEvents = new EventEmitter<{ last: [] }>();

export function openWindows(): KnownWindow[] {
  return [...open];
}

export function windowOfTarget(targetId: string): KnownWindow | undefined {
  return windows.get(targetId);
}

export function windowOpened(window: KnownWindow): void {
  open.add(window);
}

export function windowHasTarget(window: KnownWindow, targetId: string): void {
  windows.set(targetId, window);
}

/** Follows Chromium's targets: removes windows whose page has closed, and closes windows that pages open themselves. */
export function watchTargets(): void {
  chromium.browser.on('Target.targetDestroyed', ({ targetId }) => {
    const window = windows.get(targetId);
    if (!window) return;
    windows.delete(targetId);
    open.delete(window);
    window.closed();
    if (open.size === 0) windowEvents.emit('last');
  });
  chromium.browser.on('Target.targetCreated', ({ targetInfo: { type, targetId, openerId } }) => {
    if (type !== 'page' || openerId === undefined || !windows.has(openerId)) return;
    // It may close itself.
    chromium.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  });
}
