import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import AppointmentRow from './AppointmentRow.svelte';

const MINUTE_MS = 60_000;

function waiting(sinceMs: number): void {
  const since = Date.now() - sinceMs;
  const row = { id: 'a', name: 'Ada', title: 'Check-up', startsAt: since, state: 'waiting' as const, since };
  render(AppointmentRow, { row, first: true, onjoin: () => undefined });
}

it('says since when a client waits, and no minutes before there is one', () => {
  waiting(0);
  expect(screen.getByText(/^waiting since [\d:]+( [AP]M)?$/)).toBeTruthy();
});

it('says how many minutes a client has waited', () => {
  waiting(6 * MINUTE_MS);
  expect(screen.getByText(/^waiting since .* · 6 min/)).toBeTruthy();
});
