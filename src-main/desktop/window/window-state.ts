/** Where the window was, so that it opens there again. */
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

/** Px of the content the design is made for, and the least it works in. */
export const DEFAULT_SIZE = { width: 1280, height: 800 };
export const LEAST_SIZE = { width: 390, height: 500 };

/** Px of the window that must lie on a display, so that it can be grasped. */
const GRASP = 100;

/** The bounds to open with: as saved, unless no display shows enough of them any more. Without a place the system chooses one. */
export function boundsFrom(
  saved: WindowState | null,
  displays: readonly { workArea: Rectangle }[],
): Partial<Rectangle> {
  if (!saved) return DEFAULT_SIZE;
  const { x, y } = saved;
  const width = Math.max(saved.width, LEAST_SIZE.width);
  const height = Math.max(saved.height, LEAST_SIZE.height);
  const graspable = displays.some(({ workArea }) => {
    const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    const titleBarInside = y >= workArea.y && y <= workArea.y + workArea.height - GRASP;
    return across >= GRASP && titleBarInside;
  });
  return graspable ? { x, y, width, height } : { width, height };
}

export function stateOf(window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>): WindowState {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}
