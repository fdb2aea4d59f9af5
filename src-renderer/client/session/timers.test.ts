import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SessionTimers } from './timers.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('one that is set again begins anew; what is cleared does nothing', () => {
  const timers = new SessionTimers();
  const done: string[] = [];
  timers.set('retry', 100, () => done.push('first'));
  vi.advanceTimersByTime(60);
  timers.set('retry', 100, () => done.push('second'));
  timers.set('count', 100, () => done.push('count'));
  vi.advanceTimersByTime(60);
  timers.clear('count');
  vi.advanceTimersByTime(60);
  expect(done).toEqual(['second']);
  timers.set('answer', 10, () => done.push('answer'));
  timers.set('retry', 10, () => done.push('third'));
  timers.clearAll();
  vi.advanceTimersByTime(60);
  expect(done).toEqual(['second']);
});
