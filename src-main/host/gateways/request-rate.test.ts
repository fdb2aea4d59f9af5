import { expect, it } from 'vitest';
import { MAX_REQUEST_BURST_PER_SOCKET } from '../../../src-shared/limits.ts';
import { RequestRate } from './request-rate.ts';

it('lets a burst through, and then no more than the steady rate', () => {
  const rate = new RequestRate();
  for (let asked = 0; asked < MAX_REQUEST_BURST_PER_SOCKET; asked++) rate.count();
  expect(() => {
    for (let asked = 0; asked < MAX_REQUEST_BURST_PER_SOCKET; asked++) rate.count();
  }).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
});
