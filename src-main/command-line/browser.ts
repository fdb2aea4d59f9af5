import { spawn } from 'node:child_process';

/** The system's own way to open a link. */
export function openCommand(url: string, platform: NodeJS.Platform): [command: string, ...args: string[]] {
  if (platform === 'darwin') return ['open', url];
  // `start` is the shell's; this is what it calls.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** Opens `url` in the person's browser, which outlives this process. @param onFailure there is none */
export function openBrowser(url: string, onFailure: (error: Error) => void): void {
  const [command, ...args] = openCommand(url, process.platform);
  spawn(command, args, { stdio: 'ignore', detached: true }).once('error', onFailure).unref();
}
