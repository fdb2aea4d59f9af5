import { expect, it, vi } from 'vitest';
import { Convergence } from './convergence.ts';

/** Brings `is` to `wish`, one at a time. */
function counter() {
  const state = { is: 0, wish: 0, steps: 0, failing: false };
  const convergence = new Convergence(() => {
    if (state.is === state.wish) return null;
    state.steps++;
    return Promise.resolve().then(() => {
      if (state.failing) throw new Error('refused');
      state.is += Math.sign(state.wish - state.is);
    });
  });
  return { state, convergence };
}

it('does nothing where all is as wished', async () => {
  const { state, convergence } = counter();
  await convergence.run();
  expect(state.steps).toBe(0);
});

it('goes on until it is there, and includes what is wished meanwhile', async () => {
  const { state, convergence } = counter();
  state.wish = 2;
  const first = convergence.run();
  state.wish = 3;
  await Promise.all([first, convergence.run()]);
  expect([state.is, state.steps]).toEqual([3, 3]);
});

it('misses no wish made in the moment it ends', async () => {
  const { state, convergence } = counter();
  state.wish = 1;
  void convergence.run();
  await vi.waitUntil(() => state.is === 1, { interval: 0 });
  for (let wish = 2; wish < 20; wish++) {
    state.wish = wish;
    void convergence.run();
    await Promise.resolve();
  }
  await convergence.run();
  expect(state.is).toBe(19);
});

it('stops where a step fails, and goes on from there when asked again', async () => {
  const { state, convergence } = counter();
  Object.assign(state, { wish: 1, failing: true });
  await expect(convergence.run()).rejects.toThrow('refused');
  state.failing = false;
  await convergence.run();
  expect(state.is).toBe(1);
});
