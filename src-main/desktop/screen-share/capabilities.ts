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
