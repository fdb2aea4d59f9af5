// @ts-check
// Electron's runtime (about 120 MB), for `npm start`, the tests and packaging. Electron's package has
// a downloader of its own, which knows mirrors and checksums; what is added is an end to waiting.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE, installed } from './setup/paths.mjs';
import { start, stop } from './setup/run.mjs';

/** How long nothing may arrive, and how long all of it may take, ms. */
const SILENCE_MS = 15_000;
const DEADLINE_MS = 10 * 60_000;
const LOOK_MS = 500;

/** Where a runtime has its executable. @type {Record<string, string>} */
const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * Electron on this machine, fetched where it can be had.
 *
 * @param {object} options
 * @param {string} options.node the Node that runs Electron's downloader
 * @param {import('./setup/progress.mjs').Report} options.report
 * @param {NodeJS.ProcessEnv} [options.env] `ELECTRON_OVERRIDE_DIST_PATH`: a folder that has it
 * @returns {Promise<string | null>} the executable; null: it cannot be had here
 */
export async function provideElectron({ node, report, env = process.env }) {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return executableIn(override);
  return installedElectron() ?? ((await fetchElectron({ node, report })) ? installedElectron() : null);
}

/**
 * The executable in a runtime's folder.
 *
 * @param {string} folder
 * @param {NodeJS.Platform} [platform]
 * @returns {string | null}
 */
export function executableIn(folder, platform = process.platform) {
  const path = join(folder, EXECUTABLES[platform] ?? 'electron');
  return existsSync(path) && statSync(path).isFile() ? path : null;
}

/** The runtime that Electron's package has fetched before, if it is of this version. */
function installedElectron() {
  const folder = installed('electron');
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const fetched = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    return fetched === version ? executableIn(join(folder, 'dist')) : null;
  } catch {
    return null;
  }
}

/**
 * @param {{ node: string, report: import('./setup/progress.mjs').Report }} options
 * @returns {Promise<boolean>} whether it arrived
 */
async function fetchElectron({ node, report }) {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'electron-'));
  const child = start(node, [installed('electron', 'install.js')], {
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    stdio: 'ignore',
  });
  const arrived = new Promise((resolve) => {
    child.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0));
  });
  const watch = watchGrowth([folder, installed('electron', 'dist')], {
    onGrowth: (bytes) => report(`${Math.floor(bytes / 1e6)} MB`),
    onEnd: () => stop(child),
  });
  try {
    return await arrived;
  } finally {
    watch.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Tells how large folders have become, and when they grow no longer.
 *
 * @param {readonly string[]} folders
 * @param {{ onGrowth: (bytes: number) => void, onEnd: () => void, silenceMs?: number, deadlineMs?: number }} options
 * @returns {{ stop: () => void }}
 */
export function watchGrowth(folders, { onGrowth, onEnd, silenceMs = SILENCE_MS, deadlineMs = DEADLINE_MS }) {
  const began = performance.now();
  let size = 0;
  let grown = began;
  const look = async () => {
    const sizes = await Promise.all(folders.map(sizeOf));
    const now = performance.now();
    const before = size;
    size = sizes.reduce((sum, one) => sum + one, 0);
    if (size !== before) {
      grown = now;
      onGrowth(size);
    }
    if (now - grown > silenceMs || now - began > deadlineMs) {
      clearInterval(timer);
      onEnd();
    }
  };
  const timer = setInterval(() => void look(), Math.min(LOOK_MS, silenceMs));
  return { stop: () => clearInterval(timer) };
}

/** Bytes of all files below; files may go while they are counted. @param {string} folder */
async function sizeOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
