import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Arrival } from './arrival.ts';
import { SessionTimers } from './timers.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what is told while somebody arrives', () => {
  const never = new Promise(() => undefined);
  let told: string[];
  let arrival: Arrival;
  beforeEach(() => {
    told = [];
    arrival = new Arrival(new SessionTimers());
  });
  const tell = (what: string) => arrival.tell(() => told.push(what));

  it('waits for the first picture, in order', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    tell('before');
    arrival.begin(promise);
    tell('first');
    tell('second');
    expect(told).toEqual(['before']);
    resolve(undefined);
    await promise;
    tell('after');
    expect(told).toEqual(['before', 'first', 'second', 'after']);
  });

  it('waits only so long', () => {
    arrival.begin(never);
    tell('first');
    vi.advanceTimersByTime(149);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['first']);
  });

  it('is told at once where that is asked, and what that leads to as well', () => {
    arrival.begin(never);
    arrival.tell(() => tell('nested'));
    tell('second');
    arrival.end();
    expect(told).toEqual(['nested', 'second']);
    arrival.end();
    vi.advanceTimersByTime(150);
    expect(told).toHaveLength(2);
  });

  it('is forgotten with the one who goes again', async () => {
    const picture = Promise.resolve();
    arrival.begin(picture);
    tell('first');
    arrival.drop();
    await picture;
    vi.advanceTimersByTime(150);
    expect(told).toEqual([]);
  });
});
