/** Which simulcast layer a tile needs. Layer n of a camera is 180·2ⁿ px high (see capture.ts). */

const LOWEST_HEIGHT = 180;
/** A layer is kept while it is at most this much too small, so that a drag does not flicker. */
const TOLERANCE = 0.15;

/** How long a size must last before it counts, ms. */
export const SETTLE_MS = 100;
/** After this time without a tile that asks for it, a video counts as not shown, ms. */
export const UNCLAIMED_MS = 1000;

/** The part of a video that is needed: a spatial layer, or nothing. */
export type WantedLayer = number | 'nothing';

export interface Size {
  /** Device px. */
  width: number;
  height: number;
}

/**
 * The demand of a tile.
 *
 * @param size of the tile, device px; 0×0: not shown
 * @param layers how many the video has
 * @param current the demand until now
 */
export function wantedLayer(size: Size, layers: number, current: WantedLayer): WantedLayer {
  if (size.width <= 0 || size.height <= 0) return 'nothing';
  // Tiles crop: a narrow tile still shows the full height, a wide one the full width of a 16:9 picture.
  const height = Math.max(size.height, (size.width * 9) / 16);
  const needed = layerOfHeight(height, layers);
  if (current === 'nothing' || needed <= current) return needed;
  return layerOfHeight(height / (1 + TOLERANCE), layers) === current ? current : needed;
}

/** The lowest layer at least `height` high. */
function layerOfHeight(height: number, layers: number): number {
  const layer = Math.ceil(Math.log2(height / LOWEST_HEIGHT));
  return Math.min(Math.max(layer, 0), layers - 1);
}
