import type { types } from 'mediasoup';
import { expect, it, vi } from 'vitest';
import { log } from '../testing.ts';
import { startMediaProcess } from './worker.ts';

const starting = Promise.withResolvers<types.Worker>();

vi.mock('mediasoup', () => ({ createWorker: () => starting.promise, workerBin: 'worker' }));
// As if the deadline had passed.
vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve(null) }));

it('ends a process that starts after it was given up', async () => {
  await expect(startMediaProcess({ port: 0, addresses: [], log })).rejects.toMatchObject({ code: 'WORKER_FAILED' });
  const close = vi.fn();
  starting.resolve({ close } as unknown as types.Worker);
  await starting.promise;
  expect(close).toHaveBeenCalledOnce();
});
