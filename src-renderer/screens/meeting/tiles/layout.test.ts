import { describe, expect, it } from 'vitest';
import { chooseGrid, type Rect } from './grid.ts';
import { chooseLayout, type Layout, type Screen } from './layout.ts';
import { METRICS } from './metrics.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

const meeting = (count: number, width: number, height: number, screens: Screen[] = [], large: string | null = null) =>
  chooseLayout({ width, height, people: ids(count), screens, large });

/** The share of a 16:9 picture that is seen when it covers a tile. */
const seen = (width: number, height: number) => {
  const shape = width / height / (16 / 9);
  return Math.min(shape, 1 / shape);
};

function expectApart({ tiles, frame, contentHeight }: Layout): void {
  const all = [...tiles.values()].filter((tile) => !tile.floating);
  const outside: Rect[] = [];
  const touching: Rect[][] = [];
  for (const [index, a] of all.entries()) {
    const { x, y, width, height } = a;
    if (Math.min(x, y) < -0.01 || x + width > frame.width + 0.01 || y + height > contentHeight + 0.01) outside.push(a);
    for (const b of all.slice(index + 1)) {
      const { gap } = METRICS;
      const apart =
        a.x + a.width + gap <= b.x + 0.01 ||
        b.x + b.width + gap <= a.x + 0.01 ||
        a.y + a.height + gap <= b.y + 0.01 ||
        b.y + b.height + gap <= a.y + 0.01;
      if (!apart) touching.push([a, b]);
    }
  }
  expect({ outside, touching }).toEqual({ outside: [], touching: [] });
}

describe('chooseGrid', () => {
  it.each([
    [1, 1, 1],
    [3, 2, 2],
    [4, 2, 2],
    [5, 3, 2],
    [6, 3, 2],
    [9, 3, 3],
    [12, 4, 3],
    [16, 4, 4],
    [25, 5, 5],
  ])('lays out %i people on a desktop in %i columns and %i rows', (count, columns, rows) => {
    expect(chooseGrid(count, 1264, 784)).toMatchObject({ columns, rows });
  });

  it('lays out six on a phone in two columns and three rows that fill it', () => {
    expect(chooseGrid(6, 374, 684, 2)).toEqual({ columns: 2, rows: 3, width: 183, height: (684 - 16) / 3 });
  });

  it('stacks three on a phone, where each is as wide as the screen', () => {
    expect(chooseGrid(3, 374, 684, 2)).toMatchObject({ columns: 1, rows: 3 });
    expect(chooseGrid(4, 374, 684, 2)).toMatchObject({ columns: 2, rows: 2 });
  });

  it('shows at least three quarters of a camera on a wide screen, whatever the count', () => {
    for (let count = 1; count <= 49; count += 1) {
      for (const [width, height] of [
        [1264, 784],
        [1904, 1064],
        [924, 784],
        [2544, 1424],
      ] as const) {
        const grid = chooseGrid(count, width, height);
        expect(seen(grid.width, grid.height)).toBeGreaterThan(0.749);
      }
    }
  });
});

describe('chooseLayout', () => {
  it('gives one person alone the whole area', () => {
    const { tiles, frame } = meeting(1, 1280, 800);
    expect(tiles.get('p0')).toMatchObject({ x: 0, y: 0, width: frame.width, height: frame.height });
  });

  it('lets oneself float in the corner, 16 px from the edges, when two meet', () => {
    const { mode, tiles, frame, bar } = meeting(2, 1280, 800);
    expect({ mode, bar }).toEqual({ mode: 'pair', bar: 'over' });
    expect(tiles.get('p0')).toMatchObject({ width: 1264, height: 784, floating: false });
    const self = tiles.get('p1');
    expect(self).toMatchObject({ width: 256, height: 144, floating: true });
    expect(frame.x + (self?.x ?? 0) + 256).toBe(1280 - 16);
    expect(frame.y + (self?.y ?? 0) + 144).toBe(800 - 16);
  });

  it('raises oneself above the bar where the window is too narrow for both', () => {
    const wide = meeting(2, 1280, 800).tiles.get('p1');
    const narrow = meeting(2, 760, 800).tiles.get('p1');
    expect(narrow?.y).toBe((wide?.y ?? 0) - METRICS.barOver + METRICS.gap);
  });

  it('puts oneself last, at the lower right', () => {
    const { tiles } = meeting(6, 1280, 800);
    const self = tiles.get('p5');
    for (const tile of tiles.values()) {
      expect(tile.x).toBeLessThanOrEqual(self?.x ?? 0);
      expect(tile.y).toBeLessThanOrEqual(self?.y ?? 0);
    }
  });

  it('centres a last row that is not full', () => {
    const { tiles, frame } = meeting(5, 1280, 800);
    const [left, right] = [tiles.get('p3'), tiles.get('p4')];
    expect((left?.x ?? 0) + (right?.x ?? 0) + (right?.width ?? 0)).toBeCloseTo(frame.width);
  });

  it('keeps tiles apart and inside, for any count and size', () => {
    const screens = [
      { id: 's0', own: false },
      { id: 's1', own: false },
      { id: 's2', own: true },
    ];
    for (let count = 1; count <= 60; count += 1)
      for (const [width, height] of [
        [1280, 800],
        [390, 844],
        [700, 500],
        [2560, 1440],
      ] as const) {
        expectApart(meeting(count, width, height));
        expectApart(meeting(count, width, height, screens));
      }
  });

  it('gives the bar a row of its own where tiles are too low to lie under it', () => {
    expect(meeting(9, 1280, 800).bar).toBe('over');
    expect(meeting(16, 1280, 800).bar).toBe('row');
  });

  it('gives the bar a row of its own beside the chat, where the tiles of three do not fill the height', () => {
    const { bar, frame, tiles } = meeting(3, 1280 - 340, 800);
    const self = tiles.get('p2');
    expect(bar).toBe('row');
    expect(frame.y + (self?.y ?? 0) + (self?.height ?? 0)).toBeLessThanOrEqual(800 - METRICS.barRow);
  });

  it('never lets the bar lie half over a tile, for any count and size', () => {
    const halfUnder: string[] = [];
    for (let count = 3; count <= 30; count += 1)
      for (let width = 620; width <= 2000; width += 20)
        for (const height of [500, 700, 800, 1000]) {
          const { bar, frame, tiles } = meeting(count, width, height);
          const lowest = frame.y + Math.max(...[...tiles.values()].map((tile) => tile.y + tile.height));
          if (bar === 'over' && height - lowest > METRICS.barEdge) halfUnder.push(`${count} at ${width}×${height}`);
        }
    expect(halfUnder).toEqual([]);
  });

  it('scrolls, with a row for the bar, when more come than fit', () => {
    const many = meeting(120, 1280, 800);
    expect(many.bar).toBe('row');
    expect(many.contentHeight).toBeGreaterThan(many.frame.height);
    const phone = meeting(16, 390, 844);
    expect(phone.contentHeight).toBeGreaterThan(phone.frame.height);
    expect(new Set([...phone.tiles.values()].map((tile) => tile.x)).size).toBe(2);
  });

  it('never covers or crops a shared screen, and puts the people beside it', () => {
    const { mode, bar, tiles, frame, large } = meeting(6, 1280, 800, [{ id: 's0', own: false }]);
    expect({ mode, bar, large }).toEqual({ mode: 'share', bar: 'row', large: 's0' });
    expect(frame.height).toBe(800 - 8 - 80);
    expect(tiles.get('s0')).toMatchObject({ x: 0, y: 0, width: 1264 - 176 - 8, height: 712, pinned: true });
    expect(tiles.get('p0')).toMatchObject({ x: 1264 - 176, width: 176 });
  });

  it('shows the chosen one of several screens large, and the first when the chosen one is gone', () => {
    const screens = [
      { id: 's0', own: false },
      { id: 's1', own: false },
    ];
    expect(meeting(3, 1280, 800, screens, 's1').large).toBe('s1');
    expect(meeting(3, 1280, 800, screens, 'gone').large).toBe('s0');
    expect(meeting(3, 1280, 800, screens, 's1').tiles.get('s0')?.width).toBe(176);
  });

  it('puts one’s own screen among the people, before oneself', () => {
    const { mode, tiles } = meeting(4, 1280, 800, [{ id: 'mine', own: true }]);
    expect(mode).toBe('grid');
    expect([...tiles.keys()]).toEqual(['p0', 'p1', 'p2', 'mine', 'p3']);
  });
});
