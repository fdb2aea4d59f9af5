import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LobbyView, MeetingView } from '../../../client/view.ts';
import { fakeDevices, fakeLobby, fakeMeeting } from '../../../testing/fakes.svelte.ts';
import { MeetingUi } from '../ui.svelte.ts';
import LobbyCard from './LobbyCard.svelte';

const waits = (name: string) => ({ userId: name.toLowerCase(), userName: name, since: Date.now() });
const calls = { admit: vi.fn(() => Promise.resolve()), deny: vi.fn(() => Promise.resolve()) };
let meeting: MeetingView;
let ui: MeetingUi;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  meeting = fakeMeeting();
  ui = new MeetingUi(meeting, fakeDevices(), { opened: false });
  render(LobbyCard, { ui, below: false });
});
afterEach(() => vi.useRealTimers());

async function lobby(...names: string[]): Promise<void> {
  (meeting as { lobby: LobbyView }).lobby = fakeLobby({ waiting: names.map(waits), ...calls });
  await tick();
}

it('is not there while nobody waits, and says politely who has come', async () => {
  expect(screen.queryByRole('region')).toBeNull();
  await lobby('Ada');
  expect(screen.getByRole('status').textContent).toBe('Ada is waiting to come in');
  await lobby('Ada', 'Grace');
  expect(screen.getByRole('status').textContent).toBe('Grace is waiting to come in');
  expect(screen.getByText('1 more')).toBeTruthy();
});

it('takes no click for somebody who has just taken another one’s place', async () => {
  await lobby('Ada', 'Grace');
  const card = screen.getByRole('region');
  await vi.advanceTimersByTimeAsync(500);
  expect(card.inert).toBe(false);
  await fireEvent.click(screen.getByRole('button', { name: 'Admit Ada' }));
  expect(calls.admit).toHaveBeenCalledExactlyOnceWith('ada');
  await lobby('Grace');
  expect(card.inert).toBe(true);
  await vi.advanceTimersByTimeAsync(500);
  await fireEvent.click(screen.getByRole('button', { name: 'Deny Grace' }));
  expect(calls.deny).toHaveBeenCalledExactlyOnceWith('grace');
});

it('says in a toast when the host could not do it', async () => {
  calls.admit.mockRejectedValueOnce(new Error('full'));
  await lobby('Ada');
  await vi.advanceTimersByTimeAsync(500);
  await fireEvent.click(screen.getByRole('button', { name: 'Admit Ada' }));
  expect(ui.toasts.current?.text).toBe('That did not work. Try again.');
});

it('leaves those who wait to the list of people while that is open', async () => {
  await lobby('Ada');
  ui.panel = 'people';
  await tick();
  expect(screen.queryByRole('region')).toBeNull();
});
