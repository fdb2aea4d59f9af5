// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { withLock } from './lock.mjs';
import { installed, ROOT, WORKPLACE } from './paths.mjs';
import { mustRun } from './run.mjs';

/** @typedef {{ name: string, title: string, config: string, inputs: readonly string[] }} Target */

const SHARED = ['src-shared', 'config/tsconfig.base.json', 'package.json', 'package-lock.json'];

/** What is built, each into the folder of its name below dist/. @type {readonly Target[]} */
export const TARGETS = [
  {
    name: 'main',
    title: 'Building the host',
    config: 'config/vite.main.config.ts',
    inputs: ['src-main', 'config/vite.main.config.ts', ...SHARED],
  },
  {
    name: 'preload',
    title: 'Building the preloads',
    config: 'config/vite.preload.config.ts',
    inputs: ['src-main', 'config/vite.preload.config.ts', ...SHARED],
  },
  {
    name: 'renderer',
    title: 'Building the window',
    config: 'config/vite.renderer.config.ts',
    inputs: ['src-renderer', 'resources', 'config/vite.renderer.config.ts', 'svelte.config.js', ...SHARED],
  },
  {
    name: 'picker',
    title: 'Building the screen picker',
    config: 'config/vite.picker.config.ts',
    inputs: ['src-renderer', 'config/vite.picker.config.ts', 'svelte.config.js', ...SHARED],
  },
];

/** In a built folder: the {@link fingerprint} it was built from. */
const STAMP = '.built-from';

/**
 * Builds a target unless what it is made of has not changed since.
 *
 * @param {Target} target
 * @param {string} node the Node that runs vite
 * @param {import('./progress.mjs').Report} report
 * @returns {Promise<boolean>} whether it was built
 */
export async function build(target, node, report) {
  const folder = join(ROOT, 'dist', target.name);
  return withLock(
    join(WORKPLACE, `build-${target.name}.lock`),
    async () => {
      const made = await fingerprint(target.inputs);
      const before = await readFile(join(folder, STAMP), 'utf8').catch(() => null);
      if (before === made) return false;
      await rebuild({ target, node, folder, made });
      return true;
    },
    (holder) => report(`waiting for process ${holder}`),
  );
}

/** @param {{ target: Target, node: string, folder: string, made: string }} work */
async function rebuild({ target, node, folder, made }) {
  // A host that runs keeps serving the old folder until the new one is whole.
  const draft = `${folder}.new`;
  const old = `${folder}.old`;
  const args = ['build', '--config', target.config, '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'];
  await mustRun(node, [installed('vite', 'bin', 'vite.js'), ...args], { failure: `${target.title} failed.` });
  await writeFile(join(draft, STAMP), made);
  await rm(old, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await rename(folder, old);
  await rename(draft, folder);
  await rm(old, { recursive: true, force: true });
}

/**
 * A hash over the paths and contents of all that a target is made of; tests are no part of it.
 *
 * @param {readonly string[]} inputs files and folders below `root`; what is absent counts as such
 * @param {string} [root]
 */
export async function fingerprint(inputs, root = ROOT) {
  const files = (await Promise.all(inputs.map((input) => filesBelow(join(root, input))))).flat();
  const hash = createHash('sha256');
  for (const path of files.sort()) {
    const name = relative(root, path).split(sep).join('/');
    const content = await readFile(path);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {Promise<string[]>} */
async function filesBelow(path) {
  const found = await stat(path).catch(() => null);
  if (!found) return [];
  if (found.isFile()) return /\.test\.[^.]+$/.test(path) ? [] : [path];
  const names = await readdir(path);
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}
