/** What each operating system allows for sharing the screen. */

/**
 * Whether the computer's sound can be shared too: on Windows, and on macOS since 14.2.
 *
 * @param release of the kernel, `os.release()`; Darwin 23.2 is macOS 14.2
 */
export function canShareSound(system: NodeJS.Platform, release: string): boolean {
  if (system !== 'darwin') return system === 'win32';
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 2);
}

/** Whether the system shows its own picker: the portal on Wayland does as soon as an app lists sources. */
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
 * The page of the system's settings where the person allows the app to capture the screen; null: the system
 * has none. The app passes no other addresses to the system.
 */
export function screenSettings(system: NodeJS.Platform): string | null {
  return SETTINGS[system] ?? null;
}
