import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MAX_REQUEST_BURST_PER_SOCKET, MAX_REQUESTS_PER_SECOND_PER_SOCKET } from '../../../src-shared/limits.ts';
import { RequestRate } from './request-rate.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

it('lets a burst through, and then no more than the steady rate', () => {
  const rate = new RequestRate();
  const refused = expect.objectContaining({ code: 'RATE_LIMITED' }) as Error;
  for (let asked = 0; asked < MAX_REQUEST_BURST_PER_SOCKET; asked++) rate.count();
  expect(() => rate.count()).toThrow(refused);
  vi.advanceTimersByTime(1000);
  for (let asked = 0; asked < MAX_REQUESTS_PER_SECOND_PER_SOCKET; asked++) rate.count();
  expect(() => rate.count()).toThrow(refused);
});
