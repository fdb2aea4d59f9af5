import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HOLD_MS } from '../policies/speaking.ts';
import { People } from './people.svelte.ts';
import { person } from './testing.ts';

let people: People;

beforeEach(() => {
  vi.useFakeTimers();
  people = new People({ muted: false, speaking: false });
  people.reset([person('ana'), person('me'), person('bo')], 'me');
});

afterEach(() => {
  people.close();
  vi.useRealTimers();
});

const names = () => people.all.map(({ name }) => name);

it('keep the order they came in, oneself last', () => {
  people.put(person('cy'));
  expect(names()).toEqual(['ana', 'bo', 'cy', 'me']);
});

it('keep identity and place when the host tells it all again', () => {
  const before = [...people.all];
  people.reset([person('me'), person('bo', { hand: true }), person('dee'), person('ana')], 'me');
  expect(names()).toEqual(['ana', 'bo', 'dee', 'me']);
  expect(people.find('bo')).toBe(before[1]);
  expect(people.find('bo')?.hand).toBe(true);
});

it('speak for a moment after they were heard', () => {
  people.hear(['ana']);
  const ana = people.find('ana');
  if (ana) ana.muted = false;
  expect(ana?.speaking).toBe(true);
  vi.advanceTimersByTime(HOLD_MS + 1);
  expect(ana?.speaking).toBe(false);
});

it('show a reaction for a while, the last one longest', () => {
  people.react('ana', '👍');
  vi.advanceTimersByTime(3000);
  people.react('ana', '🎉');
  vi.advanceTimersByTime(3000);
  expect(people.find('ana')?.reaction).toBe('🎉');
  vi.advanceTimersByTime(1000);
  expect(people.find('ana')?.reaction).toBeNull();
});
