/** Starts the app in Electron, or in the stand-in if Electron cannot be installed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';
import { display } from '../fixtures/display.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const PARLEY = path('../..');
const STAND_IN = path('stand-in/electron-stand-in');
const INSTALLER = path('../../node_modules/electron/install.js');

/** Camera and microphone that every machine has, and media with oneself on one that has only loopback. */
const SWITCHES = ['--use-fake-device-for-media-stream', '--allow-loopback-in-peer-connection'];

/** Time for the download of Electron's runtime, once per machine, ms. */
const INSTALL_MS = 300_000;

export type Runtime = 'electron' | 'stand-in';

export interface LaunchOptions {
  /** The folder of the app; Parley if left out. */
  app?: string;
  /** The app's own arguments, such as a link. */
  args?: readonly string[];
  env?: Record<string, string>;
  /** Where the app's data folder is made. */
  dataDir: string;
}

/** Starts the app; its windows may not be open yet. @throws {Error} it does not start */
export async function launchApp({
  app = PARLEY,
  args = [],
  env = {},
  dataDir,
}: LaunchOptions): Promise<ElectronApplication> {
  const standIn = runtime() === 'stand-in';
  // Electron does not make it.
  mkdirSync(dataDir, { recursive: true });
  return _electron.launch({
    ...(standIn && { executablePath: STAND_IN }),
    args: [...SWITCHES, app, ...args],
    env: { ...(await environment(dataDir)), ...env },
    // Light or dark is the app's own choice.
    colorScheme: null,
  });
}

/** What a program of the app's runs with: on Linux and Windows its data is below `dataDir`. */
export async function environment(dataDir: string): Promise<Record<string, string>> {
  const given = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const shown = await display();
  return {
    ...Object.fromEntries(given),
    // The stand-in runs in the Node that runs the tests.
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    XDG_CONFIG_HOME: dataDir,
    APPDATA: dataDir,
    // No test tells or asks the network of the machine that it runs on.
    PARLEY_DISCOVERY: 'off',
    ...(shown !== undefined && { DISPLAY: shown }),
  };
}

/** How to start the app without Playwright: a program and its first arguments. */
export function command(): [program: string, ...args: string[]] {
  if (runtime() === 'stand-in') return [STAND_IN];
  return [process.execPath, path('../../node_modules/electron/cli.js'), '--no-sandbox'];
}

let known: Runtime | null = null;

/** Which Electron the tests run on. Said once, in their output. */
export function runtime(): Runtime {
  if (known) return known;
  known = hasElectron() ? 'electron' : 'stand-in';
  const said = {
    electron: 'Electron itself',
    'stand-in': 'the stand-in for Electron (e2e/desktop/stand-in/README.md)',
  };
  console.log(`These tests run on ${said[known]}.`);
  return known;
}

/** Whether Electron's runtime is there. Its package downloads it on first use; on some machines the download is not possible. */
function hasElectron(): boolean {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) return true;
  return spawnSync(process.execPath, [INSTALLER], { stdio: 'ignore', timeout: INSTALL_MS }).status === 0;
}
