import { render, screen } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import { fakeMeeting } from '../../../testing/fakes.svelte.ts';
import InviteSheet from './InviteSheet.svelte';

const sheet = (link: string) => {
  const meeting = fakeMeeting({ link });
  const oncopy = vi.fn(() => Promise.resolve());
  return render(InviteSheet, { meeting, open: true, opened: false, oncopy, onclose: vi.fn() });
};

it('offers the link as a code to scan', async () => {
  sheet('https://192.168.1.24:7443/r/3f9a2c1d');
  expect(await screen.findByRole('img', { hidden: true })).toBeTruthy();
  expect(screen.getByText('Scan to join')).toBeTruthy();
});

it('asks nobody to scan what could not be drawn', async () => {
  sheet(`https://192.168.1.24:7443/r/3f9a2c1d#t=${'x'.repeat(4000)}`);
  expect(await screen.findByText(/^The QR code could not be drawn/)).toBeTruthy();
  expect(screen.queryByText('Scan to join')).toBeNull();
  expect(screen.queryByRole('img', { hidden: true })).toBeNull();
});
