import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it, vi } from 'vitest';
import Toasts from './Toasts.svelte';
import { Toasts as Queue } from './toasts.svelte.ts';

it('does what its button says, whatever is told next', async () => {
  const toasts = new Queue();
  const run = vi.fn();
  render(Toasts, { toasts });
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
