// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { CHECKS, TOOL } from './tools.mjs';

/** @typedef {import('./tools.mjs').Check} Check */

/**
 * What has changed since this branch left `main`, and what is not committed yet.
 *
 * @returns {Promise<{ base: string, files: string[] }>} `base`: the commit it is compared with
 */
export async function changes() {
  const lines = async (/** @type {string[]} */ ...args) => {
    const { code, output } = await run('git', args, { keep: Infinity });
    return code === 0 ? output.split('\n').filter(Boolean) : [];
  };
  const [base = 'HEAD'] = await lines('merge-base', 'main', 'HEAD');
  const changed = await lines('diff', '--name-only', '--diff-filter=d', base);
  const fresh = await lines('ls-files', '--others', '--exclude-standard');
  return { base, files: [...new Set([...changed, ...fresh])].filter((file) => existsSync(join(ROOT, file))) };
}

/**
 * The checks that changed files need: those that look at files one by one look at these alone.
 *
 * @param {readonly string[]} files
 * @returns {Check[]}
 */
export function checksFor(files) {
  const svelte = files.filter((file) => /\.svelte(\.ts)?$/.test(file));
  const scripts = files.filter((file) => /\.[cm]?[jt]s$/.test(file) && !file.startsWith('docs/'));
  const { format, lint, lintSvelte } = CHECKS;
  const page = files.some((file) => /^(src-renderer|src-shared)\//.test(file));
  return [
    ...(files.length > 0 ? [{ ...format, args: [...format.args.slice(0, -1), '--ignore-unknown', ...files] }] : []),
    ...(scripts.length > 0 ? [{ ...lint, args: [...lint.args, ...scripts] }] : []),
    ...(svelte.length > 0 ? [{ title: lintSvelte.title, args: [TOOL.eslint, '--max-warnings=0', ...svelte] }] : []),
    ...(scripts.length + svelte.length > 0 ? [CHECKS.imports] : []),
    CHECKS.types,
    ...(page ? [CHECKS.svelte] : []),
  ];
}
