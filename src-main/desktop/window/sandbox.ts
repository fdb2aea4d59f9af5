/** Whether Chromium's sandbox is on: without it a page that breaks out of its process has the whole account. */
import type { CommandLine } from 'electron';

/**
 * Whether an installed app was started without the sandbox. An AppImage's own starter does that where the
 * system has no user namespaces; the app refuses to run then. In development root has no other way.
 */
export function lacksSandbox(packaged: boolean, commandLine: Pick<CommandLine, 'hasSwitch'>): boolean {
  return packaged && commandLine.hasSwitch('no-sandbox');
}
