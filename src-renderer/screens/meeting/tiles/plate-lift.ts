/** How plates make way for the bar: nothing one reads lies under it. */
import type { Rect } from './grid.ts';
import { METRICS } from './metrics.ts';

/** From where to where the bar reaches within the meeting's area, px. */
export interface BarSpan {
  left: number;
  right: number;
}

/** As wide as a plate and its signs usually get. */
const PLATE_WIDTH = 240;
/** From a tile's edge to its plate. */
const INSIDE = 8;
/** The air between a plate and the bar above which it rose. */
const AIR = 16;

/**
 * How far the plate of a tile rises, px; 0 where the bar does not reach it.
 *
 * @param rect the tile, relative to `frame`
 * @param frame the area of all tiles, relative to the area `bar` is given in
 */
export function plateLift(rect: Rect, frame: Rect, bar: BarSpan): number {
  const left = frame.x + rect.x + INSIDE;
  const right = left + Math.min(rect.width - 2 * INSIDE, PLATE_WIDTH);
  const bottom = frame.y + rect.y + rect.height - INSIDE;
  const barTop = frame.y + frame.height + METRICS.gap - METRICS.barOver + AIR;
  const reached = left < bar.right && right > bar.left && bottom > barTop - AIR / 2;
  return reached ? bottom - (barTop - AIR) : 0;
}
