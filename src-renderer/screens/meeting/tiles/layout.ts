/**
 * Where every picture of a meeting goes: pure functions from the space there is and who is in it to
 * rectangles, in CSS px. Tiles keep the order of the people; only their size follows the count.
 */
import { chooseGrid, columnRects, gridRects, heightOf, type Rect, type TileRect } from './grid.ts';
import { CAMERA, METRICS } from './metrics.ts';

export interface Screen {
  id: string;
  /** One's own: never large, or it would show itself without end. */
  own: boolean;
}

export interface LayoutInput {
  /** The meeting's whole area. */
  width: number;
  height: number;
  /** Tile ids in order, oneself last. */
  people: readonly string[];
  screens: readonly Screen[];
  /** The screen the person chose to see large; null: the first. */
  large: string | null;
}

export interface Layout {
  mode: 'grid' | 'pair' | 'share';
  /** The part of the area that the tiles are in; their positions are relative to it. */
  frame: Rect;
  tiles: ReadonlyMap<string, TileRect>;
  /** Height of all tiles; more than the frame's: it scrolls. */
  contentHeight: number;
  /** Whether the bar lies over the tiles or has a row of its own. */
  bar: 'over' | 'row';
  /** The screen shown large. */
  large: string | null;
}

function frameOf(input: LayoutInput, bar: 'over' | 'row'): Rect {
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

/** Where each tile goes. */
export function chooseLayout(input: LayoutInput): Layout {
  const { people, screens } = input;
  const others = screens.filter((screen) => !screen.own);
  const own = screens.filter((screen) => screen.own).map((screen) => screen.id);
  if (others.length > 0) return shareLayout(input, others, own);
  if (people.length <= 2) return pairLayout(input, own);
  return gridLayout(input, [...people.slice(0, -1), ...own, ...people.slice(-1)]);
}

/** One or two people: the other one fills the area, oneself floats in the corner. */
function pairLayout(input: LayoutInput, own: readonly string[]): Layout {
  const narrow = isPhone(input.width);
  const bar = narrow ? 'row' : 'over';
  const frame = frameOf(input, bar);
  const { gap, floatEdge } = METRICS;
  const size = narrow ? METRICS.phone.self : METRICS.self;
  const [first, ...rest] = input.people;
  const tiles = new Map<string, TileRect>();
  if (first !== undefined)
    tiles.set(first, { x: 0, y: 0, width: frame.width, height: frame.height, pinned: true, floating: false });
  const underBar = !narrow && frame.width / 2 - size.width - floatEdge < 220;
  let y = frame.height - floatEdge - size.height - (underBar ? METRICS.barOver - gap : 0);
  for (const id of [...rest, ...own]) {
    tiles.set(id, { x: frame.width - floatEdge - size.width, y, ...size, pinned: true, floating: true });
    y -= size.height + gap;
  }
  return { mode: 'pair', frame, tiles, contentHeight: frame.height, bar, large: null };
}

function gridLayout(input: LayoutInput, ids: readonly string[]): Layout {
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
  const free = frame.height - heightOf(grid);
  // Where tiles do not reach the bottom of the area, a bar over them would lie across their edge.
  const acrossEdge = free / 2 + gap > METRICS.barEdge;
  if (grid.height < METRICS.denseTile || acrossEdge) ({ bar, frame, grid } = layout('row'));
  if (grid.height < least) {
    const columns = Math.min(ids.length, mostColumns(frame.width));
    const width = (frame.width - (columns - 1) * gap) / columns;
    const height = Math.max(least, width / (narrow ? 1.2 : CAMERA));
    grid = { columns, rows: Math.ceil(ids.length / columns), width, height };
  }
  return {
    mode: 'grid',
    frame,
    tiles: gridRects(ids, grid, frame.width, frame.height),
    contentHeight: Math.max(heightOf(grid), frame.height),
    bar,
    large: null,
  };
}

/** A shared screen, whole and uncovered; other screens and the people beside it, or below on a phone. */
function shareLayout(input: LayoutInput, others: readonly Screen[], own: readonly string[]): Layout {
  const { gap, strip, phone } = METRICS;
  const frame = frameOf(input, 'row');
  const large = others.find((screen) => screen.id === input.large)?.id ?? others[0]?.id ?? null;
  const small = [...others.map((screen) => screen.id).filter((id) => id !== large), ...own, ...input.people];
  const shown = { x: 0, y: 0, pinned: true, floating: false };
  const tiles = new Map<string, TileRect>();
  let contentHeight: number;
  if (isPhone(input.width)) {
    const height = Math.min((frame.width * 10) / 16 + METRICS.caption, frame.height * 0.5);
    if (large !== null) tiles.set(large, { ...shown, width: frame.width, height });
    const top = height + gap;
    const below = frame.height - top;
    const grid = chooseGrid(small.length, frame.width, below, 2);
    if (grid.height < phone.leastTile) grid.height = phone.leastTile;
    for (const [id, rect] of gridRects(small, grid, frame.width, below, top)) tiles.set(id, rect);
    contentHeight = top + heightOf(grid);
  } else {
    if (large !== null)
      tiles.set(large, { ...shown, width: Math.max(0, frame.width - strip - gap), height: frame.height });
    const [beside, height] = columnRects(small, frame.width - strip, strip, frame.height);
    for (const [id, rect] of beside) tiles.set(id, rect);
    contentHeight = height;
  }
  return { mode: 'share', frame, tiles, contentHeight: Math.max(contentHeight, frame.height), bar: 'row', large };
}
