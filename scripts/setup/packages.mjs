// @ts-check
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { withLock } from './lock.mjs';
import { nodePackage } from './node24.mjs';
import { installed, ROOT, WORKPLACE } from './paths.mjs';
import { run } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Installs what package-lock.json says where node_modules has anything else.
 *
 * @param {import('./progress.mjs').Report} report
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function installPackages(report) {
  if (!(await isInstallDue())) return false;
  await withLock(
    join(WORKPLACE, 'install.lock'),
    async () => {
      if (await isInstallDue()) await installAll(report);
    },
    (holder) => report(`waiting for process ${holder}`),
  );
  return true;
}

async function isInstallDue() {
  const locked = await readLockfile(join(ROOT, 'package-lock.json'));
  if (!locked) throw new SetupError('package-lock.json is missing: is this a whole checkout of Parley?');
  return differs(locked, await readLockfile(installed('.package-lock.json')), nodePackage(process));
}

/**
 * Whether what is installed is something else than what is locked. Optional packages of other
 * platforms may be absent.
 *
 * @param {Lockfile} locked package-lock.json
 * @param {Lockfile | null} present what npm last wrote about node_modules; null: nothing
 * @param {string | null} [needed] an optional package that must be there all the same
 */
export function differs(locked, present, needed = null) {
  if (!present) return true;
  const wanted = Object.entries(locked.packages).filter(([path]) => path !== '');
  if (Object.keys(present.packages).some((path) => !(path in locked.packages))) return true;
  return wanted.some(([path, { version, integrity, optional }]) => {
    const found = present.packages[path];
    if (!found) return !optional || path === `node_modules/${needed}`;
    return found.version !== version || found.integrity !== integrity;
  });
}

/** @param {string} path @returns {Promise<Lockfile | null>} */
async function readLockfile(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

/** @param {import('./progress.mjs').Report} report */
async function installAll(report) {
  const { command, args } = npm(process);
  const total = Object.keys((await readLockfile(join(ROOT, 'package-lock.json')))?.packages ?? {}).length;
  /** Packages by address: what comes from npm's cache is told of twice. @type {Set<string>} */
  const fetched = new Set();
  /** @type {string[]} */
  const errors = [];
  const { code, output } = await run(
    command,
    // Development packages build and test Parley, whatever NODE_ENV says; install scripts are not
    // needed: the one of mediasoup, which provides the worker, has its own step here.
    [
      ...args,
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=http',
    ],
    {
      onLine: (line) => {
        if (/^npm (ERR!|error)/.test(line)) errors.push(line);
        const address = /^npm http (?:fetch GET 200|cache) \S*?(https?:\S+[.]tgz)/.exec(line)?.[1];
        if (address) report(`${fetched.add(address).size} of at most ${total} fetched`);
      },
    },
  );
  if (code === 0) return;
  throw new SetupError(
    'npm could not install the packages Parley is made of. Is the npm registry reachable from here ' +
      `(npm ping)? npm said:\n\n${errors.join('\n') || output}`,
  );
}

/**
 * How npm is called: the one that runs this script, or the one on the PATH.
 *
 * @param {{ env: NodeJS.ProcessEnv, execPath: string, platform: NodeJS.Platform }} runtime
 * @returns {{ command: string, args: string[] }}
 */
export function npm({ env, execPath, platform }) {
  const running = env['npm_execpath'];
  if (running && basename(running) === 'npm-cli.js') return { command: execPath, args: [running] };
  // Windows starts a .cmd file through its shell only.
  return platform === 'win32' ? { command: 'cmd.exe', args: ['/d', '/c', 'npm'] } : { command: 'npm', args: [] };
}
