import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LayerDemand, layerWanted, SHED_MS, type Viewer } from './layer-demand.ts';

describe('the layer wanted', () => {
  const showing = (preferred?: number): Viewer => ({ state: 'showing', preferred });
  const cases: [string, Viewer[], number][] = [
    ['nobody', [], -1],
    ['one who has no preference', [showing()], 2],
    ['the one who wants most decides', [showing(0), showing(1), showing(0)], 1],
    ['more than there is', [showing(7)], 2],
    ['one who has paused', [{ state: 'paused', preferred: 2 }], -1],
    ['one who has paused does not count', [{ state: 'paused' }, showing(1)], 1],
    ['one who is about to watch keeps the lowest going', [{ state: 'prepared' }], 0],
    ['one who is about to watch keeps what they will show going', [{ state: 'prepared', preferred: 1 }], 1],
    ['one about to watch adds nothing to those who watch more', [{ state: 'prepared' }, showing(1)], 1],
  ];
  test.each(cases)('%s', (_, viewers, wanted) => {
    expect(layerWanted(viewers, 2)).toBe(wanted);
  });

  test('of a producer with one layer', () => {
    expect(layerWanted([showing()], 0)).toBe(0);
    expect(layerWanted([showing(2)], 0)).toBe(0);
  });
});

describe('telling it', () => {
  const told: number[] = [];
  const clock = {
    now: Date.now,
    after(ms: number, run: () => void) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  let demand: LayerDemand;

  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    demand = new LayerDemand({ top: 2, clock, tell: (layer) => told.push(layer) });
  });
  afterEach(() => vi.useRealTimers());

  test('nothing while all that is sent is wanted', () => {
    demand.want(2);
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  test('less only when it stays so', () => {
    demand.want(-1);
    vi.advanceTimersByTime(SHED_MS - 1);
    demand.want(0);
    vi.advanceTimersByTime(SHED_MS - 1);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual([0]);
  });

  test('more at once', () => {
    demand.want(-1);
    vi.advanceTimersByTime(SHED_MS);
    demand.want(1);
    demand.want(2);
    expect(told).toEqual([-1, 1, 2]);
  });

  test('a moment of less is not told at all', () => {
    demand.want(0);
    vi.advanceTimersByTime(SHED_MS / 2);
    demand.want(2);
    vi.runAllTimers();
    expect(told).toEqual([]);
  });

  test('nothing after it is closed', () => {
    demand.want(0);
    demand.close();
    demand.close();
    vi.runAllTimers();
    expect(told).toEqual([]);
  });
});
