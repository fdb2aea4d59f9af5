import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Demand, LayerDemand, layerNeeded, SHED_MS } from './layer-demand.ts';

const showing = (preferred?: number): Demand => ({ state: 'showing', preferred });

describe('the layer needed by', () => {
  const cases: [string, Demand, number][] = [
    ['one who has no preference', showing(), 2],
    ['one who prefers a lower one', showing(1), 1],
    ['one who prefers more than there is', showing(7), 2],
    ['one who has paused', { state: 'paused', preferred: 2 }, -1],
    ['one who is about to watch is the lowest', { state: 'prepared' }, 0],
    ['one who is about to watch is what they will show', { state: 'prepared', preferred: 1 }, 1],
  ];
  test.each(cases)('%s', (_, demand, needed) => {
    expect(layerNeeded(demand, 2)).toBe(needed);
  });

  test('one who watches a producer with one layer', () => {
    expect(layerNeeded(showing(), 0)).toBe(0);
    expect(layerNeeded(showing(2), 0)).toBe(0);
  });
});

describe('the owner is told', () => {
  const told: number[] = [];
  const clock = {
    now: Date.now,
    after(ms: number, run: () => void) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  let layers: LayerDemand;
  /** The one who watches. */
  let watching: Demand | null;
  const watch = (demand: Demand | null) => {
    layers.change(watching, demand);
    watching = demand;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    watching = null;
    layers = new LayerDemand({ top: 2, clock, tell: (layer) => told.push(layer) });
    layers.active = true;
  });
  afterEach(() => vi.useRealTimers());

  test('nothing while all that is sent is wanted', () => {
    watch(showing());
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  test('less only when it stays so', () => {
    vi.advanceTimersByTime(SHED_MS - 1);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual([-1]);
  });

  test('no less than was needed meanwhile, and that a while later', () => {
    vi.advanceTimersByTime(SHED_MS / 2);
    watch(showing(1));
    watch(showing(0));
    vi.advanceTimersByTime(SHED_MS / 2);
    expect(told).toEqual([1]);
    vi.advanceTimersByTime(SHED_MS);
    expect(told).toEqual([1, 0]);
  });

  test('less though somebody changes something all the time', () => {
    for (let time = 0; time < 5; time++) {
      watch(time % 2 === 0 ? showing(0) : null);
      vi.advanceTimersByTime(SHED_MS - 100);
    }
    expect(told[0]).toBe(0);
  });

  test('more at once', () => {
    vi.advanceTimersByTime(SHED_MS);
    watch(showing(1));
    watch(showing(2));
    expect(told).toEqual([-1, 1, 2]);
  });

  test('what the one needs who needs most', () => {
    const others = [showing(0), showing(1), showing(0)];
    for (const other of others) layers.change(null, other);
    vi.advanceTimersByTime(SHED_MS);
    expect(told).toEqual([1]);
    layers.change(showing(1), null);
    vi.advanceTimersByTime(SHED_MS);
    expect(told).toEqual([1, 0]);
  });

  test('nothing of a moment of less', () => {
    watch(showing(0));
    vi.advanceTimersByTime(SHED_MS / 2);
    watch(showing());
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  test('nothing while it is not active, and what is due when it is again', () => {
    watch(showing(0));
    layers.active = false;
    vi.runAllTimers();
    expect(told).toEqual([]);
    layers.active = true;
    vi.advanceTimersByTime(SHED_MS);
    expect(told).toEqual([0]);
  });
});
