import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchNetwork } from './network.ts';

const changed = vi.fn();
const connection = new EventTarget();
let undo: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  changed.mockClear();
  Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
  undo = watchNetwork(changed);
});
afterEach(() => {
  undo();
  Reflect.deleteProperty(navigator, 'connection');
  vi.useRealTimers();
});

it.each([
  ['the browser is online again', () => dispatchEvent(new Event('online'))],
  ['the connection is another one', () => connection.dispatchEvent(new Event('change'))],
  ['the computer wakes up', () => vi.setSystemTime(Date.now() + 3_600_000)],
])('tells when %s', (_, happens) => {
  vi.advanceTimersByTime(10_000);
  expect(changed).not.toHaveBeenCalled();
  happens();
  vi.advanceTimersByTime(2000);
  expect(changed).toHaveBeenCalledOnce();
  undo();
  happens();
  vi.advanceTimersByTime(2000);
  expect(changed).toHaveBeenCalledOnce();
});
