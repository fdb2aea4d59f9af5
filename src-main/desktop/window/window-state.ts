/** The window's bounds, stored so that it opens in the same place again. */
import type { BrowserWindow, Rectangle } from 'electron';
import * as v from 'valibot';

export const WindowState = v.object({
  x: v.number(),
  y: v.number(),
  width: v.number(),
  height: v.number(),
  maximized: v.boolean(),
});
export type WindowState = v.InferOutput<typeof WindowState>;

/** Default and minimum size of the window's content, px. */
export const DEFAULT_SIZE = { width: 1280, height: 800 };
export const LEAST_SIZE = { width: 390, height: 500 };

/** How much of the window must be on a display, so that the person can move it, px. */
const VISIBLE_PX = 100;

/** The bounds to open with: as saved, if a display shows enough of them; else the size only, and the system chooses the position. */
export function boundsFrom(
  saved: WindowState | null,
  displays: readonly { workArea: Rectangle }[],
): Partial<Rectangle> {
  if (!saved) return DEFAULT_SIZE;
  const { x, y } = saved;
  const width = Math.max(saved.width, LEAST_SIZE.width);
  const height = Math.max(saved.height, LEAST_SIZE.height);
  const visible = displays.some(({ workArea }) => {
    const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    const titleBarInside = y >= workArea.y && y <= workArea.y + workArea.height - VISIBLE_PX;
    return across >= VISIBLE_PX && titleBarInside;
  });
  return visible ? { x, y, width, height } : { width, height };
}

export function stateOf(window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>): WindowState {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}
