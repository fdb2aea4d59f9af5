import { describe, expect, it } from 'vitest';
import { formatDay, formatElapsed, formatMinutes, formatMoment } from './format.ts';

describe('formatElapsed', () => {
  it.each([
    [-5, '0:00'],
    [999, '0:00'],
    [192_000, '3:12'],
    [3_725_000, '1:02:05'],
  ])('shows %i ms as %s', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text);
  });
});

describe('formatDay', () => {
  const now = new Date(2025, 4, 14, 0, 10).getTime();
  it.each([
    [new Date(2025, 4, 14, 0, 5), 'today'],
    [new Date(2025, 4, 13, 23, 50), 'yesterday'],
    [new Date(2025, 4, 12, 9), 'Monday'],
    [new Date(2025, 3, 3, 9), '3 April'],
    [new Date(2025, 4, 15, 9), 'tomorrow'],
    [new Date(2025, 4, 18, 9), 'Sunday'],
    [new Date(2025, 5, 1, 9), '1 June'],
  ])('calls %s %s', (at, text) => {
    expect(formatDay(at.getTime(), now, 'en-GB')).toBe(text);
  });
});

it('formatMinutes counts whole minutes', () => {
  expect([-1, 59_999, 360_000].map((ms) => formatMinutes(ms, 'en-GB'))).toEqual(['0 mins', '0 mins', '6 mins']);
});

it('formatMoment leaves the day out when it is today', () => {
  const now = new Date(2025, 4, 14, 8).getTime();
  const at = (day: number) => formatMoment(new Date(2025, 4, day, 14, 5).getTime(), now, 'en-GB');
  expect([at(14), at(15)]).toEqual(['14:05', 'tomorrow, 14:05']);
});
