import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HOLD_MS } from './speaking.ts';
import { Participants } from './participants.svelte.ts';
import { person } from '../testing.ts';

let participants: Participants;

beforeEach(() => {
  vi.useFakeTimers();
  participants = new Participants({ muted: false, speaking: false });
  participants.reset([person('ana'), person('me'), person('bo')], 'me');
});

afterEach(() => {
  participants.close();
  vi.useRealTimers();
});

const names = () => participants.all.map(({ name }) => name);

it('keep the order they came in, oneself last', () => {
  participants.put(person('cy'));
  expect(names()).toEqual(['ana', 'bo', 'cy', 'me']);
});

it('keep identity and place when the host tells it all again', () => {
  const before = [...participants.all];
  participants.reset([person('me'), person('bo', { hand: true }), person('dee'), person('ana')], 'me');
  expect(names()).toEqual(['ana', 'bo', 'dee', 'me']);
  expect(participants.find('bo')).toBe(before[1]);
  expect(participants.find('bo')?.hand).toBe(true);
});

it('speak for a moment after they were heard', () => {
  participants.markSpeaking(['ana']);
  const ana = participants.find('ana');
  if (ana) ana.muted = false;
  expect(ana?.speaking).toBe(true);
  vi.advanceTimersByTime(HOLD_MS + 1);
  expect(ana?.speaking).toBe(false);
});

it('show a reaction for a while, the last one longest', () => {
  participants.react('ana', '👍');
  vi.advanceTimersByTime(3000);
  participants.react('ana', '🎉');
  vi.advanceTimersByTime(3000);
  expect(participants.find('ana')?.reaction).toBe('🎉');
  vi.advanceTimersByTime(1000);
  expect(participants.find('ana')?.reaction).toBeNull();
});
