import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import { fakeDevices, fakeMeeting, fakePreferences } from '../testing/fakes.svelte.ts';
import MeetingScreen from './MeetingScreen.svelte';

function show() {
  const meeting = fakeMeeting({ phase: 'ready', joinedAt: null, settled: false, self: null });
  const nothing = () => undefined;
  render(MeetingScreen, {
    ...{ meeting, devices: fakeDevices(), preferences: fakePreferences('Mira'), pinned: false, opened: false },
    ...{ oncopy: () => Promise.resolve(), onrejoin: nothing, onback: nothing },
  });
  const door = screen.getByRole('button', { name: 'Join' }).closest('.prejoin');
  const uncovered = () => door?.classList.contains('uncovered');
  return { meeting: meeting as { -readonly [Key in keyof typeof meeting]: (typeof meeting)[Key] }, uncovered };
}

it('shows the room behind pre-join as soon as somebody enters', async () => {
  const { meeting, uncovered } = show();
  expect(uncovered()).toBe(false);
  meeting.entering = true;
  await tick();
  expect(uncovered()).toBe(true);
});

it('shows pre-join again when it takes long after all', async () => {
  const { meeting, uncovered } = show();
  meeting.entering = true;
  await tick();
  meeting.entering = false;
  await tick();
  expect(uncovered()).toBe(false);
  meeting.joinedAt = 1;
  await tick();
  expect(uncovered()).toBe(true);
});

it('removes pre-join when nothing urgent is left to do', async () => {
  const { meeting } = show();
  const join = () => screen.queryByRole('button', { name: 'Join', hidden: true });
  meeting.phase = 'joined';
  meeting.joinedAt = 1;
  await tick();
  expect(join()).not.toBeNull();
  meeting.settled = true;
  await tick();
  expect(join()).toBeNull();
});
