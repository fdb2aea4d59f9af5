// @ts-check
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKPLACE } from '../setup/paths.mjs';
import { handOver, run, throwIfInterrupted } from '../setup/run.mjs';
import { one, readPlaywright, readVitest, weigh } from './tally.mjs';
import { TOOL } from './tools.mjs';

/** @typedef {import('./tally.mjs').Result} Result */

/** The folders of e2e/ that hold tests. */
export const E2E = ['protocol', 'browser', 'desktop'];

/**
 * Runs one check; what it says is shown only when it fails.
 *
 * @param {import('../setup/ready.mjs').Runtime} runtime
 * @param {import('./tools.mjs').Check} check
 * @returns {Promise<Result & { output: string }>}
 */
export async function runCheck({ node, env }, { args }) {
  const { code, output } = await run(node, args, { env });
  return { ...one(code === 0), output: code === 0 ? '' : output };
}

/**
 * Runs the unit tests.
 *
 * @param {import('../setup/ready.mjs').Runtime} runtime
 * @returns {Promise<Result>}
 */
export async function runVitest({ node, env }) {
  const report = await reportFile('vitest.json');
  const args = ['run', '--config', 'config/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const code = await handOver(node, [TOOL.vitest, ...args, `--outputFile.json=${report}`], { env });
  throwIfInterrupted();
  return weigh(await read(report, readVitest), code);
}

/**
 * Runs one folder of e2e/ in a real browser.
 *
 * @param {import('../setup/ready.mjs').Runtime & { browser: string }} runtime
 * @param {string} folder
 * @param {readonly string[]} [options] more for Playwright
 * @returns {Promise<Result>}
 */
export async function runPlaywright({ node, env, browser }, folder, options = []) {
  const report = await reportFile('playwright.json');
  const args = [
    'test',
    '--config',
    'config/playwright.config.ts',
    '--project',
    folder,
    '--reporter=list,json',
    ...options,
  ];
  const code = await handOver(node, [TOOL.playwright, ...args], {
    env: { ...env, PARLEY_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  throwIfInterrupted();
  return weigh(await read(report, readPlaywright), code);
}

/** A report's place, emptied of the last one. @param {string} name */
async function reportFile(name) {
  await mkdir(WORKPLACE, { recursive: true });
  const path = join(WORKPLACE, name);
  await rm(path, { force: true });
  return path;
}

/**
 * @param {string} path
 * @param {(report: any) => Result} reader
 * @returns {Promise<Result | null>}
 */
async function read(path, reader) {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : reader(JSON.parse(text));
}
