import { expect, it } from 'vitest';
import { percentile, summarize } from './statistics.ts';

it('takes percentiles by nearest rank', () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect(percentile(values, 0.5)).toBe(10);
  expect(percentile(values, 0.95)).toBe(19);
  expect(percentile([7], 0.95)).toBe(7);
});

it('does not make numbers up', () => {
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

it('rounds to a tenth of a millisecond', () => {
  expect(summarize([1.26, 2.14])).toEqual({ p50: 1.3, p95: 2.1, n: 2 });
});
