/** What of a screen this system lets an app share. */

/**
 * Whether the computer's sound can be shared along: Windows, and macOS from 14.2 on.
 *
 * @param release of the kernel, `os.release()`; Darwin 23.2 is macOS 14.2
 */
export function canShareSound(system: NodeJS.Platform, release: string): boolean {
  if (system !== 'darwin') return system === 'win32';
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 2);
}

/** Whether the system asks the person itself: Wayland's portal does as soon as sources are listed. */
export function systemAsks(system: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return (
    system === 'linux' &&
    environment['XDG_SESSION_TYPE']?.startsWith('wayland') === true &&
    Boolean(environment['WAYLAND_DISPLAY'])
  );
}

const SETTINGS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture',
  win32: 'ms-settings:privacy-graphicscaptureprogrammatic',
};

/**
 * The page of the system's settings where the person lets the app see the screen; null where the system
 * has none. These are all the addresses the app ever hands to the system.
 */
export function screenSettings(system: NodeJS.Platform): string | null {
  return SETTINGS[system] ?? null;
}
