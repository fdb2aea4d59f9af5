import { expect, it } from 'vitest';
import { Bucket } from './bucket.ts';
import { FakeClock } from '../testing.ts';

const takeAll = (bucket: Bucket): number => {
  let taken = 0;
  while (bucket.take()) taken++;
  return taken;
};

it('lets a burst through, then no more than the steady rate, and never saves more than a burst', () => {
  const clock = new FakeClock();
  const bucket = new Bucket(clock, { burst: 5, perSecond: 2 });
  expect(takeAll(bucket)).toBe(5);
  clock.advance(499);
  expect(bucket.take()).toBe(false);
  clock.advance(1);
  expect(takeAll(bucket)).toBe(1);
  clock.advance(60_000);
  expect(takeAll(bucket)).toBe(5);
});

it('goes on when the clock is set back', () => {
  const clock = new FakeClock();
  const bucket = new Bucket(clock, { burst: 1, perSecond: 1 });
  expect(bucket.take()).toBe(true);
  clock.advance(-3_600_000);
  expect(bucket.take()).toBe(false);
  clock.advance(1000);
  expect(bucket.take()).toBe(true);
});
