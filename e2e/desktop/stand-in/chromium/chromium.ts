/** The Chromium that shows the app's windows. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CHROMIUM } from '../../../fixtures/chromium.ts';
import { Connection } from './connection.ts';
import type { Target } from './connection.ts';

/**
 * Runs Chromium in a shell that removes the profile after Chromium has ended. Chromium ends when its pipe
 * closes, so nothing is left even if the app is killed.
 */
const UNTIL_THE_END = `trap : TERM INT HUP; "$@" 3<&3 4>&4; rm -rf -- "$STAND_IN_PROFILE"`;

/** The title of what Chromium shares when a page asks for a screen; to share a window, it gets this title for that moment. */
export const SHARED_TITLE = 'Entire screen';

const SWITCHES = [
  '--no-first-run',
  // Fatal errors only: without a desktop environment Chromium logs many warnings.
  '--log-level=3',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A window behind another one keeps running; see windows/options.ts.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--no-default-browser-check',
  '--no-startup-window',
  '--password-store=basic',
  '--disable-breakpad',
  '--test-type',
  '--lang=en-US',
  '--remote-debugging-pipe',
  '--enable-unsafe-extension-debugging',
  // As in Electron, where the app decides.
  '--autoplay-policy=no-user-gesture-required',
  `--auto-select-desktop-capture-source=${SHARED_TITLE}`,
];

interface Running {
  /** Its profile folder, removed when it ends. */
  profile: string;
  connection: Connection;
  /** Resolves when Chromium has ended and its profile is gone. */
  ended: Promise<void>;
}

class Chromium {
  #running: Running | null = null;

  /** @param switches of the command line, such as `--remote-debugging-port=0` */
  async start(switches: readonly string[]): Promise<void> {
    const profile = mkdtempSync(join(tmpdir(), 'electron-stand-in-'));
    const own = [...SWITCHES, `--user-data-dir=${profile}`];
    const child = spawn('/bin/sh', ['-c', UNTIL_THE_END, 'chromium', CHROMIUM.executablePath, ...own, ...switches], {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
      detached: true,
      // Its sound libraries write to the last two.
      env: { ...process.env, STAND_IN_PROFILE: profile, XDG_CONFIG_HOME: profile, PULSE_RUNTIME_PATH: profile },
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const [, , , out, incoming] = child.stdio as [null, null, null, Writable, Readable];
    this.#running = { profile, connection: new Connection(out, incoming), ended };
    await this.browser.send('Target.setDiscoverTargets', { discover: true });
  }

  /** The browser itself. @throws {Error} before it runs */
  get browser(): Target {
    return this.connection.browser;
  }

  get connection(): Connection {
    return this.#started.connection;
  }

  /** A folder that is removed when Chromium has ended, for whatever reason. */
  get profile(): string {
    return this.#started.profile;
  }

  /** Resolves when Chromium has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.#started.ended;
  }

  /** Ends Chromium. Resolves when its process and profile are gone, or at once if it never ran. */
  async close(): Promise<void> {
    if (!this.#running) return;
    // It may be gone already.
    await this.browser.send('Browser.close').catch(() => undefined);
    await this.ended;
  }

  get #started(): Running {
    if (!this.#running) throw new Error('Chromium runs only once the app is ready');
    return this.#running;
  }
}

export const chromium = new Chromium();
