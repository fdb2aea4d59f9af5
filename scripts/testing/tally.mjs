// @ts-check

/**
 * @typedef {object} Result what one check or one test runner found
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped names of tests that did not run
 */

/** A check that counts as one test. @param {boolean} passed @returns {Result} */
export const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: [] });

/** What did not run at all. @param {string} name with the reason @returns {Result} */
export const none = (name) => ({ passed: 0, failed: 0, skipped: [name] });

/** Adds results up. @param {readonly Result[]} results @returns {Result} */
export function sum(results) {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.reduce((total, { failed }) => total + failed, 0),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
}

/** The line `npm test` ends with. @param {Result} result */
export const sentence = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/**
 * What a runner's report says, weighed with how the runner ended: one that failed without a failed
 * test (an error outside of all tests, a crash, no report at all) is a failure of its own.
 *
 * @param {Result | null} report null: it wrote none
 * @param {number} exitCode
 * @returns {Result}
 */
export function weigh(report, exitCode) {
  const result = report ?? one(false);
  const silent = result.failed === 0 && (exitCode !== 0 || result.passed === 0);
  return silent ? { ...result, failed: 1 } : result;
}

/**
 * Vitest's JSON report (the format of Jest's).
 *
 * @param {{ testResults: { name: string, status: string, assertionResults: { status: string, fullName: string }[] }[] }} report
 * @returns {Result}
 */
export function readVitest({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed').length;
  // A file that cannot even be loaded has no tests, and has failed.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: failed + broken,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName),
  };
}

/**
 * @typedef {{ title: string, suites?: PlaywrightSuite[], specs?: { title: string, tests: { status: string }[] }[] }} PlaywrightSuite
 */

/**
 * Playwright's JSON report. A test that needed a second try has failed.
 *
 * @param {{ suites: PlaywrightSuite[], stats: { expected: number, unexpected: number, flaky: number } }} report
 * @returns {Result}
 */
export function readPlaywright({ suites, stats }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: suites.flatMap((suite) => skippedIn(suite)),
  };
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
function skippedIn({ title, suites = [], specs = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'skipped')).map((spec) => spec.title);
  return [...own, ...suites.flatMap((suite) => skippedIn(suite))].map((name) => `${title} › ${name}`);
}
