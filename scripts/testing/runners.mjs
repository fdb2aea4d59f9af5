// @ts-check
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { WORKPLACE } from '../setup/paths.mjs';
import { handOver, run, throwIfInterrupted } from '../setup/run.mjs';
import { one, readPlaywright, readVitest, weigh } from './tally.mjs';
import { TOOL } from './tools.mjs';

/**
 * @typedef {import('./tally.mjs').Result} Result
 * @typedef {Result & { output: string }} Outcome `output`: what a failed program wrote, else empty
 * @typedef {import('../setup/progress.mjs').Report} Report
 */

/** Tests in networks of their own. */
export const LAB = 'lab';
/** The folders of e2e/ that hold tests. */
export const E2E = ['protocol', 'browser', 'firefox', 'desktop', LAB];

/** A line about what has passed: in vitest's list a file, in Playwright's a test. */
const PASSED = /^ {1,2}✓/;
/** Such a line, and one about a single test that vitest lists because it was slow. */
const NO_FAILURE = /^ +✓/;
/** Lines of a run that are kept: all of them. */
const ALL = Infinity;

/**
 * Runs one check.
 *
 * @param {import('../setup/ready.mjs').Runtime} runtime
 * @param {import('./tools.mjs').Check} check
 * @returns {Promise<Outcome>}
 */
export async function runCheck({ node, env }, { args }) {
  const { code, output } = await run(node, args, { env, keep: ALL });
  return { ...one(code === 0), output: code === 0 ? '' : output };
}

/**
 * Runs the unit tests.
 *
 * @param {import('../setup/ready.mjs').Runtime} runtime
 * @param {object} options
 * @param {Report} options.report
 * @param {string} [options.changedSince] a commit: only the tests of what has changed since, which may be none
 * @returns {Promise<Outcome>}
 */
export async function runVitest({ node, env }, { report, changedSince }) {
  const file = await reportFile('vitest.json');
  const args = ['run', '--config', 'config/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const few = changedSince === undefined ? [] : [`--changed=${changedSince}`, '--passWithNoTests'];
  const all = [TOOL.vitest, ...args, `--outputFile.json=${file}`, ...few];
  const { code, output } = await runQuietly(node, all, { env, report, counted: 'files' });
  const found = await read(file, readVitest);
  const none = changedSince !== undefined && code === 0 && found?.passed === 0;
  return { ...(none ? found : weigh(found, code)), output };
}

/**
 * @typedef {object} Browsers absolute paths
 * @property {string} browser of the Chromium family
 * @property {string | undefined} firefox for e2e/firefox only
 */

/**
 * Runs one folder of e2e/ in real browsers.
 *
 * @param {import('../setup/ready.mjs').Runtime & Browsers} runtime
 * @param {string} folder
 * @param {object} [options]
 * @param {Report} [options.report] absent: the tests write to the terminal themselves
 * @param {readonly string[]} [options.more] for Playwright
 * @returns {Promise<Outcome>}
 */
export async function runPlaywright({ node, env, browser, firefox }, folder, { report, more = [] } = {}) {
  const file = await reportFile(`playwright-${folder}.json`);
  const args = ['test', '--config', 'config/playwright.config.ts', '--project', folder, '--reporter=list,json'];
  const all = [TOOL.playwright, ...args, ...more];
  const given = { ...env, PARLEY_BROWSER: browser, PARLEY_FIREFOX: firefox, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const { code, output } = report
    ? await runQuietly(node, all, { env: given, report, counted: 'tests' })
    : { code: await handOver(node, all, { env: given }), output: '' };
  throwIfInterrupted();
  return { ...weigh(await read(file, readPlaywright), code), output };
}

/**
 * Runs a test runner and reports how many have passed so far.
 *
 * @param {string} node
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, report: Report, counted: string }} options
 * @returns {Promise<{ code: number, output: string }>} `output`: of a run that failed, without what passed
 */
async function runQuietly(node, args, { env, report, counted }) {
  let passed = 0;
  const onLine = (/** @type {string} */ line) => {
    if (PASSED.test(stripVTControlCharacters(line))) report(`${++passed} ${counted} passed`);
  };
  const { code, output } = await run(node, args, { env, onLine, keep: ALL });
  const rest = output.split('\n').filter((line) => !NO_FAILURE.test(stripVTControlCharacters(line)));
  return { code, output: code === 0 ? '' : rest.join('\n') };
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
