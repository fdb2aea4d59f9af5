import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FADE_MS, Fading } from './fading.svelte.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('fades after three still seconds and comes back with a movement', () => {
  const fading = new Fading(() => false);
  fading.stir();
  vi.advanceTimersByTime(FADE_MS - 1);
  fading.stir();
  vi.advanceTimersByTime(FADE_MS - 1);
  expect(fading.shown).toBe(true);
  vi.advanceTimersByTime(1);
  expect(fading.shown).toBe(false);
  fading.stir();
  expect(fading.shown).toBe(true);
});

it('stays while held', () => {
  let held = true;
  const fading = new Fading(() => held);
  fading.stir();
  vi.advanceTimersByTime(10 * FADE_MS);
  expect(fading.shown).toBe(true);
  held = false;
  vi.advanceTimersByTime(FADE_MS);
  expect(fading.shown).toBe(false);
});

it('stays from a touch on, until a pointer that can hover moves', () => {
  const fading = new Fading(() => false);
  fading.stir();
  vi.advanceTimersByTime(FADE_MS);
  fading.point({ pointerType: 'touch' });
  fading.stir();
  vi.advanceTimersByTime(10 * FADE_MS);
  expect(fading.shown).toBe(true);
  fading.point({ pointerType: 'mouse' });
  vi.advanceTimersByTime(FADE_MS);
  expect(fading.shown).toBe(false);
});

it('stays where there is no hovering, whatever takes the focus', () => {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === '(hover: none)' }));
  const fading = new Fading(() => false);
  fading.stir();
  vi.advanceTimersByTime(10 * FADE_MS);
  expect(fading.shown).toBe(true);
});
