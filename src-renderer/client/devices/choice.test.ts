import { describe, expect, it } from 'vitest';
import { deviceOfTrack, findRemembered, memoryOf, realDevices } from './choice.ts';

const headset = { deviceId: 'h1', groupId: 'usb-3', label: 'Headset (0d8c:0014)' };
const builtIn = { deviceId: 'b1', groupId: 'pci', label: 'Built-in Microphone' };
const alias = { deviceId: 'default', groupId: 'usb-3', label: 'Default - Headset (0d8c:0014)' };

it('leaves out aliases and devices without a name', () => {
  expect(realDevices([alias, headset, builtIn, { deviceId: '', groupId: '', label: '' }])).toEqual([headset, builtIn]);
});

describe('the remembered device', () => {
  const memory = memoryOf(headset);

  it('is found by its id', () => {
    expect(findRemembered([builtIn, { ...headset, label: 'Renamed' }], memory)?.deviceId).toBe('h1');
  });

  it('is found by label and group after the ids were reset', () => {
    const twin = { ...headset, deviceId: 'x', groupId: 'usb-9' };
    const same = { ...headset, deviceId: 'y' };
    expect(findRemembered([twin, same], memory)).toBe(same);
  });

  it('is found by label alone after it was plugged in elsewhere', () => {
    const moved = { deviceId: 'z', groupId: 'usb-7', label: headset.label };
    expect(findRemembered([builtIn, moved], memory)).toBe(moved);
  });

  it('may be gone, or never have been', () => {
    expect(findRemembered([builtIn], memory)).toBeNull();
    expect(findRemembered([builtIn], null)).toBeNull();
  });

  it('without a label is not taken for any other without one', () => {
    expect(findRemembered([{ deviceId: 'n', groupId: 'g', label: '' }], { id: 'm', group: 'g', label: '' })).toBeNull();
  });
});

it('an open track leads to its device, though opened by an alias', () => {
  const devices = [builtIn, headset];
  expect(deviceOfTrack(devices, { label: '', settings: { deviceId: 'b1' } })).toBe(builtIn);
  expect(deviceOfTrack(devices, { label: alias.label, settings: { deviceId: 'default', groupId: 'usb-3' } })).toBe(
    headset,
  );
  expect(deviceOfTrack(devices, { label: '', settings: { deviceId: 'gone', groupId: 'gone' } })).toBeNull();
});
