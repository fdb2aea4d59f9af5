import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import { MeetingError } from '../problem.ts';
import { Reconciler } from './reconciler.ts';

let connected: boolean;
let reconciler: Reconciler;
let wanted: number;
let actual: number;
/** Carries out each step; a test makes it fail. */
const step = vi.fn<() => Promise<void>>();
const item = {
  next() {
    if (wanted === actual) return null;
    const aim = wanted;
    return step().then(() => {
      actual = aim;
    });
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  connected = true;
  [wanted, actual] = [1, 0];
  step.mockReset();
  step.mockResolvedValue();
  reconciler = new Reconciler(() => connected);
});
afterEach(() => {
  reconciler.close();
  vi.useRealTimers();
});

const limited = new ProtocolError('RATE_LIMITED', 'Too many requests.');
const refused = new ProtocolError('FORBIDDEN', 'Not allowed.');
const unanswered = new MeetingError('UNREACHABLE', 'The host does not answer.');

it('starts nothing where all is as wanted', async () => {
  wanted = actual;
  await reconciler.settle(item);
  expect(step).not.toHaveBeenCalled();
});

it('makes one request at a time, and ends at what was wanted last', async () => {
  const settled = reconciler.settle(item);
  for (wanted of [2, 3, 4]) void reconciler.settle(item);
  await settled;
  expect([actual, step.mock.calls.length]).toEqual([4, 2]);
});

it.each([
  ['was limited', limited],
  ['was not answered', unanswered],
  ['met a restart of the media', new ProtocolError('MEDIA_RESTARTING', 'Wait.')],
])('repeats a request that %s, with back-off, while connected', async (_, error) => {
  step.mockRejectedValueOnce(error).mockRejectedValueOnce(error);
  await expect(reconciler.settle(item)).rejects.toBe(error);
  // 300 ms and 1200 ms, each up to a quarter more or less.
  await vi.advanceTimersByTimeAsync(375);
  expect(step).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(800);
  expect(step).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(700);
  expect([actual, step.mock.calls.length]).toEqual([1, 3]);
});

it('waits for the next attempt also when something else is wanted meanwhile', async () => {
  step.mockRejectedValueOnce(limited);
  await expect(reconciler.settle(item)).rejects.toBe(limited);
  wanted = 2;
  await reconciler.settle(item);
  expect(step).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(375);
  expect([actual, step.mock.calls.length]).toEqual([2, 2]);
});

it('does not repeat what was refused until something else is wanted', async () => {
  step.mockRejectedValueOnce(refused);
  await expect(reconciler.settle(item)).rejects.toBe(refused);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(step).toHaveBeenCalledOnce();
  wanted = 2;
  await reconciler.settle(item);
  expect(actual).toBe(2);
});

it('waits while the connection is lost, and goes on at once when it is back', async () => {
  connected = false;
  step.mockRejectedValueOnce(unanswered);
  await expect(reconciler.settle(item)).rejects.toBe(unanswered);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(step).toHaveBeenCalledOnce();
  connected = true;
  reconciler.resume();
  await vi.advanceTimersByTimeAsync(0);
  expect(actual).toBe(1);
});

it('tries nothing once it is closed', async () => {
  step.mockRejectedValueOnce(limited);
  await expect(reconciler.settle(item)).rejects.toBe(limited);
  reconciler.close();
  await vi.advanceTimersByTimeAsync(60_000);
  await reconciler.settle(item);
  expect(step).toHaveBeenCalledOnce();
});
