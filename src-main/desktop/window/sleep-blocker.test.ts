import { expect, it, vi } from 'vitest';
import { SleepBlocker } from './sleep-blocker.ts';

function sleepBlocker(hosts: boolean) {
  let next = 0;
  const held = new Map<number, string>();
  const start = vi.fn((kind: string) => {
    held.set(next, kind);
    return next++;
  });
  const one = new SleepBlocker({ start, stop: (id) => held.delete(id) }, () => hosts);
  return { one, start, held: () => [...held.values()] };
}

it('keeps the display on in a meeting, with one block, and gives it back', () => {
  const { one, start, held } = sleepBlocker(false);
  one.set(false);
  expect([one.inMeeting, held()]).toEqual([false, []]);
  one.set(true);
  one.set(true);
  expect([one.inMeeting, held()]).toEqual([true, ['prevent-display-sleep']]);
  expect(start).toHaveBeenCalledOnce();
  one.set(false);
  expect([one.inMeeting, held()]).toEqual([false, []]);
});

it('keeps a host from falling asleep after its own person has left', () => {
  const { one, held } = sleepBlocker(true);
  one.set(true);
  one.set(false);
  expect(held()).toEqual(['prevent-app-suspension']);
});
