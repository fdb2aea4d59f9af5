/** Rectangles in grids and columns: pure functions, in CSS px. */
import { CAMERA, METRICS } from './metrics.ts';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface TileRect extends Rect {
  /** Stays where it is while the others scroll. */
  pinned: boolean;
  /** Lies over the others: oneself, where two people meet. */
  floating: boolean;
}

/** A person fills about the middle of a camera's picture: the shape that should show whole. */
const PERSON = { landscape: 4 / 3, upright: 1 };
/** The narrowest tile. */
const NARROWEST = { landscape: 4 / 3, upright: 2 / 3 };

export interface Grid {
  columns: number;
  rows: number;
  /** Of one tile. */
  width: number;
  height: number;
}

/**
 * The grid that shows `count` people largest: of all numbers of columns the one whose tiles hold the
 * biggest picture of a person. Tiles never get so square or so flat that a 16:9 camera would lose
 * more than a quarter of its picture, except on upright screens, where phones' cameras are upright too.
 *
 * @param mostColumns upper bound, for narrow screens
 */
export function chooseGrid(count: number, width: number, height: number, mostColumns = count): Grid {
  const upright = height > width;
  const shape = upright ? 'upright' : 'landscape';
  let best: Grid = { columns: 1, rows: count, width, height };
  let bestSize = -1;
  for (let columns = 1; columns <= Math.min(count, mostColumns); columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = (width - (columns - 1) * METRICS.gap) / columns;
    const cellHeight = (height - (rows - 1) * METRICS.gap) / rows;
    const size = Math.min(cellHeight, cellWidth / PERSON[shape]);
    if (size <= bestSize) continue;
    bestSize = size;
    best = {
      columns,
      rows,
      width: Math.min(cellWidth, cellHeight * CAMERA * (4 / 3)),
      height: Math.min(cellHeight, cellWidth / NARROWEST[shape]),
    };
  }
  return best;
}

/** Of all rows, px. */
export function heightOf({ rows, height }: Grid): number {
  return rows * (height + METRICS.gap) - METRICS.gap;
}

/** Rectangles of a grid in the middle of the space; a last row that is not full is centred. */
export function gridRects(
  ids: readonly string[],
  grid: Grid,
  width: number,
  height: number,
  top = 0,
): Map<string, TileRect> {
  const { gap } = METRICS;
  const y0 = top + Math.max(0, (height - heightOf(grid)) / 2);
  return new Map(
    ids.map((id, index) => {
      const row = Math.floor(index / grid.columns);
      const inRow = Math.min(grid.columns, ids.length - row * grid.columns);
      const x0 = (width - (inRow * grid.width + (inRow - 1) * gap)) / 2;
      return [
        id,
        {
          x: x0 + (index % grid.columns) * (grid.width + gap),
          y: y0 + row * (grid.height + gap),
          width: grid.width,
          height: grid.height,
          pinned: false,
          floating: false,
        },
      ];
    }),
  );
}

/** Stacked rectangles of one width; as high as `most` and the space allow, and at least `least`. */
export function columnRects(
  ids: readonly string[],
  x: number,
  width: number,
  height: number,
): [Map<string, TileRect>, number] {
  const { gap, stripTile } = METRICS;
  const fitting = (height - (ids.length - 1) * gap) / Math.max(1, ids.length);
  const each = Math.max(stripTile.least, Math.min(stripTile.most, fitting));
  const tiles = ids.map((id, index): [string, TileRect] => [
    id,
    { x, y: index * (each + gap), width, height: each, pinned: false, floating: false },
  ]);
  return [new Map(tiles), ids.length * (each + gap) - gap];
}
