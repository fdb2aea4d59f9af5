import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Liveness } from './liveness.ts';

const heard = { ask: vi.fn(), dead: vi.fn() };
let liveness: Liveness;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  liveness = new Liveness(heard);
});
afterEach(() => {
  liveness.stop();
  vi.useRealTimers();
});

it('takes a socket for dead on which a request had no answer for 2 s, after asking once more', () => {
  liveness.expect();
  vi.advanceTimersByTime(1000);
  expect(heard.ask).toHaveBeenCalledOnce();
  // More requests do not put it off.
  liveness.expect();
  vi.advanceTimersByTime(999);
  expect(heard.dead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(heard.dead).toHaveBeenCalledOnce();
});

it('takes none for dead on which something was heard, however long the answer takes', () => {
  liveness.expect();
  vi.advanceTimersByTime(1500);
  liveness.stop();
  vi.advanceTimersByTime(60_000);
  expect(heard.dead).not.toHaveBeenCalled();
});

it('asks at once when the network may be another one', () => {
  liveness.check();
  expect(heard.ask).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(2000);
  expect(heard.dead).toHaveBeenCalledOnce();
});

it('gives a page that stood still time to handle what has arrived', () => {
  liveness.expect();
  vi.setSystemTime(Date.now() + 10_000);
  vi.advanceTimersByTime(1000);
  expect(heard.ask).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(heard.ask).toHaveBeenCalledOnce();
});
