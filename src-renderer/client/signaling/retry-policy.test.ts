import { expect, it } from 'vitest';
import { retryDelay } from './retry-policy.ts';

const middle = () => 0.5;

it('tries at once, soon, and then every 7 s', () => {
  const delays = [0, 1, 2, 3, 4, 5, 50].map((attempt) => retryDelay(attempt, middle));
  expect(delays).toEqual([0, 300, 1200, 2700, 4800, 7000, 7000]);
});

it('spreads a room that comes back at one moment', () => {
  expect(retryDelay(9, () => 0)).toBe(5250);
  expect(retryDelay(9, () => 1)).toBe(8750);
});
