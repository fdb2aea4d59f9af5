import { expect, it } from 'vitest';
import { HOLD_MS, hearSpeakers, isSpeech } from './speaking.ts';

it('tells speech from a quiet room', () => {
  expect(isSpeech(-30)).toBe(true);
  expect(isSpeech(-70)).toBe(false);
});

it('holds a speaker through a pause, and no longer', () => {
  const heard = hearSpeakers(new Map(), ['mira'], 1000);
  const paused = hearSpeakers(heard, ['jon'], 1000 + HOLD_MS - 1);
  expect([...paused.keys()]).toEqual(['mira', 'jon']);
  expect([...hearSpeakers(paused, [], 1000 + HOLD_MS).keys()]).toEqual(['jon']);
});

it('lets whoever goes on speaking go on', () => {
  const again = hearSpeakers(hearSpeakers(new Map(), ['mira'], 0), ['mira'], 500);
  expect(hearSpeakers(again, [], HOLD_MS + 100).has('mira')).toBe(true);
});
