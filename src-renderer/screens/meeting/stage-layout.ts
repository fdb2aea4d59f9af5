/**
 * Where every picture of a meeting goes: pure functions from the space there is and who is in it to
 * rectangles, in CSS px. Tiles keep the order of the people; only their size follows the count.
 */

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Seat extends Rect {
  /** Stays where it is while the others scroll. */
  pinned: boolean;
  /** Lies over the others: oneself, where two people meet. */
  floating: boolean;
}

export interface Screen {
  id: string;
  /** One's own: never large, or it would show itself without end. */
  own: boolean;
}

export interface StageInput {
  /** The meeting's whole area. */
  width: number;
  height: number;
  /** Tile ids in seat order, oneself last. */
  people: readonly string[];
  screens: readonly Screen[];
  /** The screen the person chose to see large; null: the first. */
  large: string | null;
}

export interface Arrangement {
  mode: 'grid' | 'pair' | 'share';
  /** The part of the area the seats are in; theirs are relative to it. */
  frame: Rect;
  seats: ReadonlyMap<string, Seat>;
  /** Height of all seats; more than the frame's: it scrolls. */
  contentHeight: number;
  /** Whether the bar lies over the tiles or has a row of its own. */
  bar: 'over' | 'row';
  /** The screen shown large. */
  large: string | null;
}

/** The measures of `tokens.css` that the arithmetic needs. */
export const METRICS = {
  gap: 8,
  barRow: 80,
  /** A bar over the tiles: its height and distance from the edge, and the space it takes from plates. */
  barOver: 96,
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

const CAMERA = 16 / 9;

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

/** Rectangles of a grid in the middle of the space; a last row that is not full is centred. */
function gridSeats(ids: readonly string[], grid: Grid, width: number, height: number, top = 0): Map<string, Seat> {
  const { gap } = METRICS;
  const totalHeight = grid.rows * grid.height + (grid.rows - 1) * gap;
  const y0 = top + Math.max(0, (height - totalHeight) / 2);
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
function column(ids: readonly string[], x: number, width: number, height: number): [Map<string, Seat>, number] {
  const { gap, stripTile } = METRICS;
  const fitting = (height - (ids.length - 1) * gap) / Math.max(1, ids.length);
  const each = Math.max(stripTile.least, Math.min(stripTile.most, fitting));
  const seats = ids.map((id, index): [string, Seat] => [
    id,
    { x, y: index * (each + gap), width, height: each, pinned: false, floating: false },
  ]);
  return [new Map(seats), ids.length * (each + gap) - gap];
}

function frameOf(input: StageInput, bar: 'over' | 'row'): Rect {
  const { gap, phone, barRow } = METRICS;
  const narrow = isPhone(input.width);
  const top = narrow ? phone.top : gap;
  const bottom = bar === 'over' ? gap : narrow ? phone.barRow : barRow;
  return {
    x: gap,
    y: top,
    width: Math.max(0, input.width - 2 * gap),
    height: Math.max(0, input.height - top - bottom),
  };
}

/** Whether the meeting is laid out for a phone: two columns, its bar always there. */
export function isPhone(width: number): boolean {
  return width <= METRICS.phone.width;
}

/** Arranges everything there is to see. */
export function arrange(input: StageInput): Arrangement {
  const { people, screens } = input;
  const others = screens.filter((screen) => !screen.own);
  const own = screens.filter((screen) => screen.own).map((screen) => screen.id);
  if (others.length > 0) return arrangeShare(input, others, own);
  if (people.length <= 2) return arrangePair(input, own);
  return arrangeGrid(input, [...people.slice(0, -1), ...own, ...people.slice(-1)]);
}

/** One or two people: the other one fills the stage, oneself floats in the corner. */
function arrangePair(input: StageInput, own: readonly string[]): Arrangement {
  const narrow = isPhone(input.width);
  const bar = narrow ? 'row' : 'over';
  const frame = frameOf(input, bar);
  const { gap, floatEdge } = METRICS;
  const size = narrow ? METRICS.phone.self : METRICS.self;
  const [first, ...rest] = input.people;
  const seats = new Map<string, Seat>();
  if (first !== undefined)
    seats.set(first, { x: 0, y: 0, width: frame.width, height: frame.height, pinned: true, floating: false });
  const underBar = !narrow && frame.width / 2 - size.width - floatEdge < 220;
  let y = frame.height - floatEdge - size.height - (underBar ? METRICS.barOver - gap : 0);
  for (const id of [...rest, ...own]) {
    seats.set(id, { x: frame.width - floatEdge - size.width, y, ...size, pinned: true, floating: true });
    y -= size.height + gap;
  }
  return { mode: 'pair', frame, seats, contentHeight: frame.height, bar, large: null };
}

function arrangeGrid(input: StageInput, ids: readonly string[]): Arrangement {
  const { gap, leastTile, phone } = METRICS;
  const narrow = isPhone(input.width);
  const least = narrow ? phone.leastTile : leastTile.height;
  const mostColumns = (width: number) =>
    narrow ? 2 : Math.max(1, Math.floor((width + gap) / (leastTile.width + gap)));
  const layout = (bar: 'over' | 'row') => {
    const frame = frameOf(input, bar);
    return { bar, frame, grid: chooseGrid(ids.length, frame.width, frame.height, mostColumns(frame.width)) };
  };
  let { bar, frame, grid } = layout(narrow ? 'row' : 'over');
  if (grid.height < METRICS.denseTile) ({ bar, frame, grid } = layout('row'));
  if (grid.height < least) {
    const columns = Math.min(ids.length, mostColumns(frame.width));
    const width = (frame.width - (columns - 1) * gap) / columns;
    const height = Math.max(least, width / (narrow ? 1.2 : CAMERA));
    grid = { columns, rows: Math.ceil(ids.length / columns), width, height };
  }
  const contentHeight = grid.rows * (grid.height + gap) - gap;
  return {
    mode: 'grid',
    frame,
    seats: gridSeats(ids, grid, frame.width, frame.height),
    contentHeight: Math.max(contentHeight, frame.height),
    bar,
    large: null,
  };
}

/** A shared screen, whole and uncovered; other screens and the people beside it, or below on a phone. */
function arrangeShare(input: StageInput, others: readonly Screen[], own: readonly string[]): Arrangement {
  const { gap, strip, phone } = METRICS;
  const frame = frameOf(input, 'row');
  const large = others.find((screen) => screen.id === input.large)?.id ?? others[0]?.id ?? null;
  const small = [...others.map((screen) => screen.id).filter((id) => id !== large), ...own, ...input.people];
  const shown = { x: 0, y: 0, pinned: true, floating: false };
  const seats = new Map<string, Seat>();
  let contentHeight: number;
  if (isPhone(input.width)) {
    const height = Math.min((frame.width * 10) / 16 + METRICS.caption, frame.height * 0.5);
    if (large !== null) seats.set(large, { ...shown, width: frame.width, height });
    const top = height + gap;
    const below = frame.height - top;
    const grid = chooseGrid(small.length, frame.width, below, 2);
    if (grid.height < phone.leastTile) grid.height = phone.leastTile;
    for (const [id, seat] of gridSeats(small, grid, frame.width, below, top)) seats.set(id, seat);
    contentHeight = top + grid.rows * (grid.height + gap) - gap;
  } else {
    if (large !== null)
      seats.set(large, { ...shown, width: Math.max(0, frame.width - strip - gap), height: frame.height });
    const [beside, height] = column(small, frame.width - strip, strip, frame.height);
    for (const [id, seat] of beside) seats.set(id, seat);
    contentHeight = height;
  }
  return { mode: 'share', frame, seats, contentHeight: Math.max(contentHeight, frame.height), bar: 'row', large };
}
