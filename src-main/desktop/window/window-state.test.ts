import { expect, it } from 'vitest';
import { DEFAULT_SIZE, boundsFrom } from './window-state.ts';

const display = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
const second = { workArea: { x: 1920, y: 0, width: 1280, height: 1024 } };
const saved = { x: 2000, y: 100, width: 1000, height: 700, maximized: false };

it('opens in the default size at first', () => {
  expect(boundsFrom(null, [display])).toEqual(DEFAULT_SIZE);
});

it('opens where it was', () => {
  expect(boundsFrom(saved, [display, second])).toEqual({ x: 2000, y: 100, width: 1000, height: 700 });
});

it('lets the system choose the place when that display is gone', () => {
  expect(boundsFrom(saved, [display])).toEqual({ width: 1000, height: 700 });
  expect(boundsFrom({ ...saved, x: 10, y: -300 }, [display])).toEqual({ width: 1000, height: 700 });
  expect(boundsFrom({ ...saved, x: -950 }, [display])).toEqual({ width: 1000, height: 700 });
});

it('is never smaller than the design works in', () => {
  expect(boundsFrom({ ...saved, x: 0, width: 10, height: 10 }, [display])).toEqual({
    x: 0,
    y: 100,
    width: 390,
    height: 500,
  });
});
