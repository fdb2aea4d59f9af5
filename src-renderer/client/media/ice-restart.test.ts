import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { IceRestart } from './ice-restart.ts';
import { Reconciler } from './reconciler.ts';

const request = vi.fn<() => Promise<object>>();
const transport = { id: 't', closed: false, connectionState: 'connected', restartIce: () => Promise.resolve() };
const heard = { restarted: vi.fn(), refused: vi.fn() };
let reconciler: Reconciler;
let restart: IceRestart;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  request.mockReset();
  request.mockResolvedValue({ iceParameters: {} });
  transport.connectionState = 'connected';
  reconciler = new Reconciler(() => true);
  restart = new IceRestart(transport as unknown as types.Transport, { request } as never, heard);
});
afterEach(() => {
  reconciler.close();
  vi.useRealTimers();
});

const check = async (options = { network: false }) => {
  restart.check(options);
  await reconciler.settle(restart).catch(() => undefined);
};

it.each([
  ['has lost its path', 'disconnected', false, 1],
  ['may have lost it with its network', 'connected', true, 1],
  ['has its path', 'connected', false, 0],
  ['has not been connected yet', 'connecting', true, 0],
])('is made once when a transport %s', async (_, state, network, times) => {
  transport.connectionState = state;
  await check({ network });
  await reconciler.settle(restart);
  expect(request).toHaveBeenCalledTimes(times);
  expect(heard.restarted).toHaveBeenCalledTimes(times);
});

it('is tried again when its request was limited', async () => {
  transport.connectionState = 'failed';
  request.mockRejectedValueOnce(new ProtocolError('RATE_LIMITED', 'Too many requests.'));
  await check();
  expect(heard.refused).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(400);
  expect(heard.restarted).toHaveBeenCalledOnce();
});

it('is given up when the host does not know the transport', async () => {
  transport.connectionState = 'failed';
  request.mockRejectedValueOnce(new ProtocolError('NOT_FOUND', 'There is no such transport.'));
  await check();
  expect(heard.refused).toHaveBeenCalledOnce();
});
