import { expect, it } from 'vitest';
import { FakeClock } from '../testing.ts';
import { PacedNotice } from './paced-notice.ts';
import { RateLimit } from '../../rates/rate-limit.ts';

function watch() {
  const clock = new FakeClock();
  const limit = new RateLimit(() => clock.now(), { burst: 2, perSecond: 1 });
  const told: number[] = [];
  let state = 0;
  const notice = new PacedNotice({
    clock,
    limits: [limit],
    untold: () => (state === (told.at(-1) ?? 0) ? null : state),
    tell: (now) => told.push(now),
  });
  const become = (next: number) => {
    state = next;
    notice.update();
  };
  return { clock, limit, told, notice, become };
}

it('tells at once while the rate allows it, and then the latest state as soon as it does', () => {
  const { clock, told, become } = watch();
  for (const state of [1, 2, 3, 4, 5]) become(state);
  expect(told).toEqual([1, 2]);
  clock.advance(999);
  expect(told).toEqual([1, 2]);
  clock.advance(2);
  expect(told).toEqual([1, 2, 5]);
  clock.advance(60_000);
  expect(told).toEqual([1, 2, 5]);
});

it('tells nothing, and draws nothing, where the state is as it was told', () => {
  const { clock, limit, told, become } = watch();
  become(0);
  expect(limit.has(2)).toBe(true);
  for (const state of [1, 2, 3, 2]) become(state);
  clock.advance(60_000);
  expect(told).toEqual([1, 2]);
});

it('waits on when another has taken what it waited for', () => {
  const { clock, limit, told, become } = watch();
  for (const state of [1, 2, 3]) become(state);
  clock.advance(900);
  limit.has();
  clock.advance(99);
  become(4);
  clock.advance(2);
  expect(told).toEqual([1, 2, 4]);
});

it('stops', () => {
  const { clock, told, notice, become } = watch();
  for (const state of [1, 2, 3]) become(state);
  notice.stop();
  clock.advance(60_000);
  expect(told).toEqual([1, 2]);
});
