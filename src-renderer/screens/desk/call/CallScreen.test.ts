import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { CallView } from '../../../client/calls/view.ts';
import { fakeDevices } from '../../../testing/fakes.svelte.ts';
import CallScreen from './CallScreen.svelte';

const nothing = () => undefined;
const call: CallView = { name: 'Ada', state: 'connected', picture: null, sounds: [], since: 0 };

it('tells who chooses a device in the row of controls that it could not be opened', () => {
  const refused = { id: 'c', label: 'Webcam', problem: 'failed', kept: 'Desk camera' } as const;
  const devices = fakeDevices({ camera: { refused } });
  const shown = { call, name: 'Ada', ownName: 'Mira', offline: false, onretry: nothing, onhangup: nothing };
  render(CallScreen, { ...shown, devices });
  expect(screen.getByRole('status').textContent).toContain('Webcam does not start. You keep using Desk camera.');
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});
