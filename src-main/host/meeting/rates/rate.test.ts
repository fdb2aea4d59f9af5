import { expect, it } from 'vitest';
import { Rate } from './rate.ts';
import { FakeClock } from '../testing.ts';

it('lets through as many as it may in any window', () => {
  const clock = new FakeClock();
  const rate = new Rate(clock, 3, 1000);
  expect(rate.take(2)).toBe(true);
  clock.advance(500);
  expect(rate.take(2)).toBe(false);
  expect(rate.take(1)).toBe(true);
  clock.advance(500);
  expect(rate.take(2)).toBe(true);
  expect(rate.take(1)).toBe(false);
});
