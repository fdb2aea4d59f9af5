import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it, vi } from 'vitest';
import ToastsView from './Toasts.svelte';
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

it('does what its button says, whatever is told next', async () => {
  const toasts = new Toasts();
  const run = vi.fn();
  render(ToastsView, { toasts });
  toasts.show({ text: 'first', action: { label: 'Unmute', run } });
  await tick();
  await fireEvent.click(screen.getByRole('button', { name: 'Unmute' }));
  expect([run.mock.calls.length, toasts.current]).toEqual([1, null]);
  const other = vi.fn();
  toasts.show({ text: 'second', action: { label: 'Open', run } });
  toasts.show({ text: 'third', action: { label: 'Check', run: other } });
  await tick();
  await fireEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect([run.mock.calls.length, other.mock.calls.length, toasts.current?.text]).toEqual([2, 0, 'third']);
});
