import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterArrival } from './arrival.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('waits, and does its work once', () => {
  const work = vi.fn();
  const now = afterArrival(work);
  vi.advanceTimersByTime(999);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  now();
  expect(work).toHaveBeenCalledOnce();
});

it('does it at once where that is asked, and not again', () => {
  const work = vi.fn();
  afterArrival(work)();
  expect(work).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledOnce();
});
