/** The X server's windows, by the tools every distribution has for it. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Pictures of a whole screen are some megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** How long a window may take to be on the screen. */
const FIND_MS = 30_000;

export interface XWindow {
  id: string;
  title: string;
}

/** Those a window manager manages, in the order they came. */
export async function listWindows(): Promise<XWindow[]> {
  // wmctrl fails when a window goes between its listing and the reading of its title.
  const { stdout } = await run('wmctrl', ['-l']).catch(() => run('wmctrl', ['-l']));
  return stdout.split('\n').flatMap((line) => {
    const [, id, title = ''] = /^(0x[\da-f]+)\s+\S+\s+\S+ ?(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id: String(Number(id)), title }];
  });
}

/** The id of the window whose title begins with `title`; waits until there is one. @throws {Error} when none comes */
export async function findWindow(title: string): Promise<string> {
  const search = ['search', '--sync', '--onlyvisible', '--limit', '1', '--name', `^${title}`];
  const deadline = AbortSignal.timeout(FIND_MS);
  for (;;) {
    try {
      return (await run('xdotool', search, { signal: deadline })).stdout.trim();
    } catch (error) {
      // xdotool fails when any window goes while it searches.
      if (deadline.aborted) throw error;
    }
  }
}

export async function titleOf(id: string): Promise<string> {
  const { stdout } = await run('xdotool', ['getwindowname', id]);
  return stdout.replace(/\n$/, '');
}

export async function setTitle(id: string, title: string): Promise<void> {
  await run('xdotool', ['set_window', '--name', title, id]);
}

/**
 * A PNG of a window as it looks now, no larger than `size` (px); null when it shows nothing.
 *
 * It is cut out of the whole screen: of a window that has just gone, `import` would ask the person
 * for another one, and keep all other programs from the X server until then.
 *
 * @param id `root` for the whole screen
 */
export async function capture(id: string, size: { width: number; height: number }): Promise<Buffer | null> {
  const options = { encoding: 'buffer', maxBuffer: MAX_BYTES } as const;
  const scaled = ['-resize', `${size.width}x${size.height}`];
  try {
    const part = id === 'root' ? [] : ['-crop', await areaOf(id), '+repage'];
    return (await run('import', ['-silent', '-window', 'root', ...part, ...scaled, 'png:-'], options)).stdout;
  } catch {
    // A window that is minimised or has just gone cannot be captured.
    return null;
  }
}

/** Where a window is on the screen, as `<width>x<height>+<x>+<y>` in px. @throws {Error} when it has gone */
async function areaOf(id: string): Promise<string> {
  const { stdout } = await run('xdotool', ['getwindowgeometry', '--shell', id]);
  const { WIDTH, HEIGHT, X, Y } = Object.fromEntries(
    stdout.split('\n').map((line) => line.split('=', 2) as [string, string | undefined]),
  );
  return `${WIDTH ?? 0}x${HEIGHT ?? 0}${signed(X)}${signed(Y)}`;
}

/** A window may reach over the screen's left or upper edge. */
const signed = (text = '0') => (text.startsWith('-') ? text : `+${text}`);

/** @param quality 0 to 100 */
export function toJpeg(png: Buffer, quality: number): Buffer {
  return execFileSync('convert', ['png:-', '-quality', String(quality), 'jpeg:-'], {
    input: png,
    maxBuffer: MAX_BYTES,
  });
}

/** Px of the whole screen. */
export function screenSize(): { width: number; height: number } {
  const [width = 0, height = 0] = execFileSync('xdotool', ['getdisplaygeometry'], { encoding: 'utf8' })
    .split(' ')
    .map(Number);
  return { width, height };
}
