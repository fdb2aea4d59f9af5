import { expect, it } from 'vitest';
import { RateLimit, RateLimits } from './rate-limit.ts';
import { FakeClock } from '../meeting/testing.ts';

const takeAll = (limit: RateLimit): number => {
  let taken = 0;
  while (limit.take()) taken++;
  return taken;
};

it('lets a burst through, then no more than the steady rate, and never saves more than a burst', () => {
  const clock = new FakeClock();
  const limit = new RateLimit(() => clock.now(), { burst: 5, perSecond: 2 });
  expect(takeAll(limit)).toBe(5);
  clock.advance(499);
  expect(limit.take()).toBe(false);
  clock.advance(1);
  expect(takeAll(limit)).toBe(1);
  clock.advance(60_000);
  expect(takeAll(limit)).toBe(5);
});

it('goes on when the clock is set back', () => {
  const clock = new FakeClock();
  const limit = new RateLimit(() => clock.now(), { burst: 1, perSecond: 1 });
  expect(limit.take()).toBe(true);
  clock.advance(-3_600_000);
  expect(limit.take()).toBe(false);
  clock.advance(1000);
  expect(limit.take()).toBe(true);
});

it('takes nothing where there is not enough', () => {
  const clock = new FakeClock();
  const limit = new RateLimit(() => clock.now(), { burst: 5, perSecond: 1 });
  expect(limit.take(6)).toBe(false);
  expect(limit.take(4)).toBe(true);
  expect(limit.has(2)).toBe(false);
  expect(limit.take(1)).toBe(true);
});

it('says how long until there is enough', () => {
  const clock = new FakeClock();
  const limit = new RateLimit(() => clock.now(), { burst: 5, perSecond: 2 });
  expect(limit.msUntil(5)).toBe(0);
  limit.take(5);
  expect(limit.msUntil(2)).toBe(1000);
  clock.advance(limit.msUntil(3));
  expect(limit.take(3)).toBe(true);
});

it('counts each key by itself, and forgets the one used longest ago', () => {
  const clock = new FakeClock();
  const limits = new RateLimits(() => clock.now(), { burst: 1, perSecond: 1 }, 2);
  expect([limits.take('a'), limits.take('b'), limits.take('a')]).toEqual([true, true, false]);
  expect([limits.has('a'), limits.has('b'), limits.has('c')]).toEqual([false, false, true]);
  limits.take('c');
  expect([limits.has('a'), limits.has('b')]).toEqual([false, true]);
});
