import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PreJoin } from './pre-join.svelte.ts';
import { SessionTimers } from './timers.ts';

const where = { origin: 'https://127.0.0.1:7443', roomId: 'a1b2c3d4' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Before a room of so many people, of whom so many are laid out. */
function before({ people, laidOut }: { people: number; laidOut: number }): PreJoin {
  const preJoin = new PreJoin({ where, timers: new SessionTimers(), isLaidOut: (count) => count === laidOut });
  preJoin.found(people);
  return preJoin;
}

describe('who presses Join', () => {
  it('sees the room at once if it will look as it is laid out', () => {
    const preJoin = before({ people: 2, laidOut: 2 });
    expect(preJoin.entering).toBe(false);
    preJoin.join({ ready: true });
    expect(preJoin.entering).toBe(true);
  });

  it.each([
    ['not everybody is laid out', { people: 3, laidOut: 2 }, true],
    ['nobody is there', { people: 0, laidOut: 0 }, true],
    ['joining takes more than one message', { people: 2, laidOut: 2 }, false],
  ])('sees pre-join until the host has answered when %s', (_, room, ready) => {
    const preJoin = before(room);
    preJoin.join({ ready });
    expect(preJoin.entering).toBe(false);
  });

  it('sees pre-join again when the host takes long', () => {
    const preJoin = before({ people: 1, laidOut: 1 });
    preJoin.join({ ready: true });
    vi.advanceTimersByTime(299);
    expect(preJoin.entering).toBe(true);
    vi.advanceTimersByTime(1);
    expect(preJoin.entering).toBe(false);
  });

  it('goes on seeing the room when the host has answered, and the picture takes long', () => {
    const preJoin = before({ people: 1, laidOut: 1 });
    preJoin.join({ ready: true });
    preJoin.answered();
    vi.advanceTimersByTime(1000);
    expect(preJoin.entering).toBe(true);
    preJoin.end();
    expect(preJoin.entering).toBe(false);
  });
});

describe('the people in the room', () => {
  it('are counted again when what is received does not fit them, once nobody comes or goes', () => {
    const fits = before({ people: 1, laidOut: 1 });
    fits.changed();
    expect(vi.getTimerCount()).toBe(0);
    const differs = before({ people: 1, laidOut: 2 });
    differs.changed();
    differs.changed();
    expect(vi.getTimerCount()).toBe(1);
  });

  it('are not counted any more by who has pressed Join: the host tells', () => {
    const preJoin = before({ people: 1, laidOut: 2 });
    preJoin.changed();
    preJoin.join({ ready: true });
    expect(vi.getTimerCount()).toBe(0);
  });
});
