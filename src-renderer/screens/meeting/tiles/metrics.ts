/** The numbers of the layout, CSS px. */

/** The measures of `tokens.css` that the arithmetic needs. */
export const METRICS = {
  gap: 8,
  barRow: 80,
  /** A bar over the tiles: its height and distance from the edge, and the space it takes from plates. */
  barOver: 96,
  /** From a bar over the tiles to the edge. */
  barEdge: 16,
  strip: 176,
  /** What stands beneath a large screen, and the space before it. */
  caption: 36,
  self: { width: 256, height: 144 },
  floatEdge: 8,
  phone: { width: 600, top: 56, barRow: 104, self: { width: 104, height: 138 }, leastTile: 150 },
  /** Tiles lower than this have no room for a bar over them. */
  denseTile: 220,
  /** Below this the grid scrolls. */
  leastTile: { width: 160, height: 90 },
  stripTile: { least: 99, most: 132 },
} as const;

/** The shape of a camera's picture. */
export const CAMERA = 16 / 9;
