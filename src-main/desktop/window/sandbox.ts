/** Detects that Chromium's sandbox is off. Without it, code that escapes from a page's process can use the whole user account. */
import type { CommandLine } from 'electron';

/**
 * Whether an installed app was started without the sandbox. The launcher of an AppImage does that if the
 * system has no user namespaces; the app then refuses to run. In development, root can start it only so.
 */
export function lacksSandbox(packaged: boolean, commandLine: Pick<CommandLine, 'hasSwitch'>): boolean {
  return packaged && commandLine.hasSwitch('no-sandbox');
}
