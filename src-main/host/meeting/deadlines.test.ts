import { expect, it, vi } from 'vitest';
import { SWEEP_MS } from '../../../src-shared/limits.ts';
import { Deadlines } from './deadlines.ts';
import { FakeClock } from './testing.ts';

function setUp() {
  const clock = new FakeClock();
  const deadlines = new Deadlines(clock);
  return { clock, deadlines, run: vi.fn<() => void>() };
}

it('reaches a deadline once, when it is due', () => {
  const { clock, deadlines, run } = setUp();
  deadlines.after(1000, run);
  clock.advance(999);
  expect(run).not.toHaveBeenCalled();
  clock.advance(1);
  clock.advance(SWEEP_MS * 2);
  expect(run).toHaveBeenCalledOnce();
});

it('never reaches one that was cancelled', () => {
  const { clock, deadlines, run } = setUp();
  deadlines.after(1000, run)();
  clock.advance(SWEEP_MS * 2);
  expect(run).not.toHaveBeenCalled();
});

it('sweeps up what the computer slept through', () => {
  const { clock, deadlines, run } = setUp();
  deadlines.after(SWEEP_MS * 10, run);
  clock.sleep(SWEEP_MS * 10);
  expect(run).not.toHaveBeenCalled();
  clock.advance(SWEEP_MS);
  expect(run).toHaveBeenCalledOnce();
});

it('keeps nothing after it is closed', () => {
  const { clock, deadlines, run } = setUp();
  deadlines.after(1000, run);
  deadlines.close();
  deadlines.after(1000, run);
  clock.advance(SWEEP_MS * 2);
  expect(run).not.toHaveBeenCalled();
});
