// @ts-check
import { delimiter, dirname } from 'node:path';
import { provideWorker } from '../worker/provide.mjs';
import { build, TARGETS } from './builds.mjs';
import { findNode } from './node24.mjs';
import { installPackages } from './packages.mjs';

/** How many steps {@link provideNode}, {@link provideRuntime} and {@link buildAll} take. */
export const NODE_STEPS = 1;
export const RUNTIME_STEPS = NODE_STEPS + 1;
export const BUILD_STEPS = TARGETS.length;

/**
 * @typedef {object} Runtime
 * @property {string} node the Node that runs Parley
 * @property {NodeJS.ProcessEnv} env what its programs are started with
 */

/**
 * Installs the packages where they are not there yet.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Runtime>}
 */
export async function provideNode(progress) {
  await progress.step('Installing packages', installPackages, { summary: (due) => (due ? 'done' : 'up to date') });
  const node = findNode(process);
  return { node, env: { PATH: [dirname(node), process.env['PATH']].filter(Boolean).join(delimiter) } };
}

/**
 * Installs the packages and provides mediasoup's worker: all a host needs to run.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<Runtime & { worker: Awaited<ReturnType<typeof provideWorker>> }>}
 */
export async function provideRuntime(progress) {
  const { node, env } = await provideNode(progress);
  const worker = await progress.step('Providing the media worker', provideWorker, {
    summary: ({ path, origin }) => (origin === 'unchecked' ? `${path} (unchecked: no checksum on file)` : path),
  });
  return { node, worker, env: { ...env, MEDIASOUP_WORKER_BIN: worker.path } };
}

/**
 * Builds what has changed.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {string} node
 */
export async function buildAll(progress, node) {
  for (const target of TARGETS) {
    await progress.step(target.title, (report) => build(target, node, report), {
      summary: (built) => (built ? 'done' : 'unchanged'),
    });
  }
}
