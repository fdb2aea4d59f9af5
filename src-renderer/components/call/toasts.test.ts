import { expect, it } from 'vitest';
import { Toasts, type Toast } from './toasts.svelte.ts';

const toast = (text: string): Toast => ({ text });

it('shows one at a time, in the order they came', () => {
  const toasts = new Toasts();
  const [first, second] = [toast('first'), toast('second')];
  toasts.show(first);
  toasts.show(second);
  expect(toasts.current).toBe(first);
  toasts.dismiss(first);
  expect(toasts.current).toBe(second);
  toasts.dismiss(first);
  expect(toasts.current).toBe(second);
  toasts.dismiss(second);
  expect(toasts.current).toBeNull();
});

it('keeps the one on screen and forgets the oldest waiting ones when many come', () => {
  const toasts = new Toasts();
  const all = Array.from({ length: 9 }, (_, index) => toast(String(index)));
  for (const each of all) toasts.show(each);
  const seen: string[] = [];
  for (let current = toasts.current; current; current = toasts.current) {
    seen.push(current.text);
    toasts.dismiss(current);
  }
  expect(seen).toEqual(['0', '6', '7', '8']);
});
