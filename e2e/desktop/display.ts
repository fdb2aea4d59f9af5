/** An X server for the windows, where the machine has none: with a window manager, as windows cannot be shared without one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Ends the server when its standard input closes: with the process that started it, however that ends.
 * The output is the server's alone, so that it closes when there is none.
 */
const WHILE_WATCHED = `
  Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp 2>/dev/null &
  server=$!
  exec >&-
  read -r _
  kill $server`;

let own: Promise<string> | null = null;

/**
 * The display to start windows on, the same for all tests of a worker; undefined where the system
 * has another way.
 *
 * @throws {Error} what to install
 */
export async function display(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  return process.env['DISPLAY'] ?? (own ??= start());
}

async function start(): Promise<string> {
  const server = spawn('/bin/sh', ['-c', WHILE_WATCHED], { stdio: ['pipe', 'pipe', 'inherit'] });
  const number = createInterface({ input: server.stdout });
  const said = once(number, 'line') as Promise<[string]>;
  const failed = once(number, 'close').then((): never => {
    throw missing();
  });
  const [line] = await Promise.race([said, failed]);
  failed.catch(() => undefined);
  const started = `:${line}`;
  const manager = spawn('openbox', { env: { ...process.env, DISPLAY: started }, stdio: 'ignore' });
  await once(manager, 'spawn').catch(() => {
    throw missing();
  });
  letGo(server);
  letGo(manager);
  return started;
}

/** Whoever has nothing else to do may end: they are no reason to stay. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
}

const missing = () =>
  new Error('The desktop tests need a display: apt-get install xvfb openbox xdotool wmctrl imagemagick');
