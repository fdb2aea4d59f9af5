import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeMicrophone } from '../../testing/fakes.svelte.ts';
import DeviceControl from './DeviceControl.svelte';

/** happy-dom knows no popovers: their content counts as hidden, and nothing closes them. */
const hidden = true;
const item = (name: string) => screen.getByRole('menuitemradio', { name, hidden });

beforeAll(() => {
  HTMLElement.prototype.hidePopover = () => undefined;
});

describe('DeviceControl', () => {
  it('says on its button what pressing it does', async () => {
    const setOn = vi.fn(() => Promise.resolve());
    const { rerender } = render(DeviceControl, { device: fakeMicrophone({ setOn }) });
    await fireEvent.click(screen.getByRole('button', { name: 'Mute' }));
    expect(setOn).toHaveBeenCalledExactlyOnceWith(false);
    await rerender({ device: fakeMicrophone({ on: false }) });
    expect(screen.getByRole('button', { name: 'Unmute' })).toBeTruthy();
  });

  it('tries a broken device again instead of switching it', async () => {
    const setOn = vi.fn(() => Promise.resolve());
    const retry = vi.fn(() => Promise.resolve());
    render(DeviceControl, { device: fakeMicrophone({ problem: 'in-use', setOn, retry }) });
    await fireEvent.click(screen.getByRole('button', { name: 'Unmute' }));
    expect(retry).toHaveBeenCalledOnce();
    expect(setOn).not.toHaveBeenCalled();
  });

  it('names the chosen device on the button of its menu and marks it within', () => {
    render(DeviceControl, { device: fakeMicrophone() });
    expect(screen.getByRole('button', { name: 'Choose the microphone: Headset' })).toBeTruthy();
    expect(item('Headset').getAttribute('aria-checked')).toBe('true');
    expect(item('Webcam').getAttribute('aria-checked')).toBe('false');
  });

  it('lets the arrow keys walk the menu round, and Home and End jump', async () => {
    render(DeviceControl, { device: fakeMicrophone() });
    const menu = screen.getByRole('menu', { hidden });
    const press = (key: string) => fireEvent.keyDown(menu, { key });
    item('Headset').focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(item('Webcam'));
    await press('ArrowDown');
    expect(document.activeElement).toBe(item('Desk microphone'));
    await press('ArrowUp');
    expect(document.activeElement).toBe(item('Webcam'));
    await press('Home');
    expect(document.activeElement).toBe(item('Desk microphone'));
    await press('End');
    expect(document.activeElement).toBe(item('Webcam'));
  });

  it('goes to the next item that begins with a letter', async () => {
    render(DeviceControl, { device: fakeMicrophone() });
    const menu = screen.getByRole('menu', { hidden });
    item('Headset').focus();
    await fireEvent.keyDown(menu, { key: 'd' });
    expect(document.activeElement).toBe(item('Desk microphone'));
    await fireEvent.keyDown(menu, { key: 'W', shiftKey: true });
    expect(document.activeElement).toBe(item('Webcam'));
    await fireEvent.keyDown(menu, { key: 'x' });
    expect(document.activeElement).toBe(item('Webcam'));
  });

  it('chooses what is pressed', async () => {
    const choose = vi.fn(() => Promise.resolve());
    render(DeviceControl, { device: fakeMicrophone({ choose }) });
    await fireEvent.click(item('Webcam'));
    expect(choose).toHaveBeenCalledExactlyOnceWith('c');
  });
});
