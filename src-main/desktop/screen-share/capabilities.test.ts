import { expect, it } from 'vitest';
import { canShareSound, screenSettings, systemAsks } from './capabilities.ts';

it.each([
  ['win32', '10.0.22631', true],
  ['darwin', '23.2.0', true],
  ['darwin', '24.0.0', true],
  ['darwin', '23.1.0', false],
  ['linux', '6.8.0', false],
] as const)('sound on %s %s: %s', (system, release, expected) => {
  expect(canShareSound(system, release)).toBe(expected);
});

it('leaves the question to the system under Wayland alone', () => {
  const wayland = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' };
  expect(systemAsks('linux', wayland)).toBe(true);
  expect(systemAsks('linux', { XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: 'wayland-0' })).toBe(false);
  expect(systemAsks('linux', { XDG_SESSION_TYPE: 'wayland' })).toBe(false);
  expect(systemAsks('win32', wayland)).toBe(false);
});

it('knows the page of the settings where the system has one', () => {
  expect(screenSettings('darwin')).toMatch(/^x-apple\.systempreferences:/);
  expect(screenSettings('win32')).toMatch(/^ms-settings:privacy-/);
  expect(screenSettings('linux')).toBeNull();
});
