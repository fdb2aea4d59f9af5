import { expect, it } from 'vitest';
import { plateLift } from './plate-lift.ts';

const frame = { x: 8, y: 8, width: 1264, height: 784 };
const bar = { left: 443, right: 837 };

it('lifts a plate 88 px from the edge of a tile that ends with the frame under the bar', () => {
  const rect = { x: 424, y: 396, width: 416, height: 388 };
  expect(plateLift(rect, frame, bar) + 8).toBe(88);
});

it('leaves plates beside the bar where they are', () => {
  expect(plateLift({ x: 0, y: 396, width: 416, height: 388 }, frame, bar)).toBe(0);
  expect(plateLift({ x: 848, y: 396, width: 416, height: 388 }, frame, bar)).toBe(0);
});

it('leaves plates above the bar where they are', () => {
  expect(plateLift({ x: 424, y: 0, width: 416, height: 388 }, frame, bar)).toBe(0);
  expect(plateLift({ x: 424, y: 396, width: 416, height: 312 }, frame, bar)).toBe(0);
});

it('lifts the plate of a wide tile only when it begins under the bar', () => {
  expect(plateLift({ x: 0, y: 0, width: 1264, height: 784 }, frame, bar)).toBe(0);
  expect(plateLift({ x: 636, y: 396, width: 628, height: 388 }, frame, bar)).toBe(80);
});
