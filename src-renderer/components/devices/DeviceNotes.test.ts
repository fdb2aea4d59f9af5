import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../i18n/index.svelte.ts';
import { fakeDevices } from '../../testing/fakes.svelte.ts';
import DeviceNotes from './DeviceNotes.svelte';

afterEach(() => setLanguage('system'));

const refused = { id: 'c', label: 'Webcam', problem: 'in-use', kept: 'Headset' } as const;

describe('DeviceNotes', () => {
  it('says that the chosen microphone could not be opened, and which one is used', async () => {
    const { microphone, camera } = fakeDevices({ microphone: { refused } });
    render(DeviceNotes, { microphone, camera });
    const text = () => screen.getByRole('alert').querySelector('p')?.textContent;
    expect(text()).toBe('Another program is using Webcam. You keep using Headset.');
    await setLanguage('es');
    expect(text()).toBe('Otro programa está usando Webcam. Sigues usando Headset.');
  });

  it('chooses it again at the press of a button', async () => {
    const choose = vi.fn(() => Promise.resolve());
    const { microphone, camera } = fakeDevices({ camera: { refused, choose } });
    render(DeviceNotes, { microphone, camera });
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(choose).toHaveBeenCalledExactlyOnceWith('c');
  });

  it('says nothing where all is well', () => {
    const { microphone, camera } = fakeDevices();
    render(DeviceNotes, { microphone, camera });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
