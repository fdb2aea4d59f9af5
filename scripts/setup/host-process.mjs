// @ts-check
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './paths.mjs';
import { ended, start } from './run.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} HostProcess
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<number>} end its exit code, once it has ended
 * @property {string} url where others reach it
 * @property {number} port
 * @property {string} fingerprint base64url of SHA-256 over the certificate's SPKI
 */

/** The host's program. */
export const HEADLESS = join(ROOT, 'dist', 'main', 'headless.js');

/**
 * Whether these options only ask the host about itself: then it starts nothing, and needs no worker.
 *
 * @param {readonly string[]} args
 */
export const isQuestion = (args) =>
  ['rooms', 'end'].includes(args[0] ?? '') ||
  args.some((arg) => ['--help', '-h', '--version', '--print-config', '--list'].includes(arg));

/**
 * Starts the host; resolves when it is up.
 *
 * @param {import('./ready.mjs').Runtime} runtime
 * @param {readonly string[]} args the host's options
 * @returns {Promise<HostProcess>}
 * @throws {SetupError} it ended instead; what it said is on standard error
 */
export async function startHost({ node, env }, args) {
  const child = start(node, [HEADLESS, ...args, '--json'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = ended(child, 'The host');
  const { url, port, fingerprint } = JSON.parse(await firstLine(child, end));
  return { child, end, url, port, fingerprint };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<number>} end
 * @returns {Promise<string>}
 */
function firstLine(child, end) {
  return new Promise((resolve, reject) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
    end.then((code) => reject(new SetupError(`The host did not start (exit code ${code}).`)), reject);
  });
}
