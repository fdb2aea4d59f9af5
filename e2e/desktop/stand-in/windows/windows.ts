/** All windows there are, and the end of them. */
import { EventEmitter } from 'node:events';
import { chromium } from '../chromium/chromium.ts';
import type { AppWindow } from './app-window.ts';

const windows = new Map<string, AppWindow>();
const open = new Set<AppWindow>();

/** Emits `last` when no window is left. */
export const windowEvents = new EventEmitter<{ last: [] }>();

export function openWindows(): AppWindow[] {
  return [...open];
}

export function windowOfTarget(targetId: string): AppWindow | undefined {
  return windows.get(targetId);
}

export function windowOpened(window: AppWindow): void {
  open.add(window);
}

export function windowHasTarget(window: AppWindow, targetId: string): void {
  windows.set(targetId, window);
}

/** Follows Chromium's targets: pages that go, and pages that open others, which no app here lets them. */
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
