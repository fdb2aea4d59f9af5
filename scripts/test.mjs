// @ts-check
// `npm test`: installs what the tests need, runs every check and every test, goes on after a failure,
// and ends with one line that adds everything up. `npm test -- --quick`: the checks and unit tests of
// what has changed since the branch left main.
import { availableParallelism } from 'node:os';
import { provideBrowser, provideFirefox } from './browser/provide.mjs';
import { command } from './setup/command.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { provideAdministration } from './testing/administration.mjs';
import { provideDisplay } from './testing/display.mjs';
import { changes, checksFor } from './testing/quick.mjs';
import { provideLab } from './testing/lab.mjs';
import { E2E, LAB, runCheck, runPlaywright, runVitest } from './testing/runners.mjs';
import { sideBySide } from './testing/side-by-side.mjs';
import { none, one, sentence, sum } from './testing/tally.mjs';
import { CHECKS } from './testing/tools.mjs';

/**
 * @typedef {import('./testing/runners.mjs').Outcome} Outcome
 * @typedef {import('./setup/ready.mjs').Runtime} Runtime
 * @typedef {import('./setup/progress.mjs').Report} Report
 */

const UNIT_TESTS = 'Running unit tests';
/** How many programs run at once; each of the heavier ones uses more than one core by itself. */
const WIDTH = Math.min(2, availableParallelism());

/** What one run of `npm test` has found so far. */
class Run {
  /** @type {import('./testing/tally.mjs').Result[]} */
  results = [];

  /** @param {number} steps */
  constructor(steps) {
    this.progress = new Progress({ total: steps });
  }

  /**
   * One step that counts; what it wrote is shown whole if it failed.
   *
   * @param {string} title
   * @param {(report: Report) => Promise<Outcome>} work
   * @param {(result: Outcome) => string} summary
   */
  async step(title, work, summary = sentence) {
    const result = await this.progress.step(title, work, { summary });
    this.results.push(result);
    if (result.output) this.progress.say(`\n${title} wrote:\n\n${result.output}\n`);
  }

  /** @param {Runtime} runtime @param {import('./testing/tools.mjs').Check} check */
  check(runtime, check) {
    return this.step(check.title, () => runCheck(runtime, check), verdict);
  }

  /**
   * Counts what the set-up could not do as one failure. @param {() => Promise<unknown>} work
   *
   * @returns {Promise<boolean>} whether it was done
   */
  async attempt(work) {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      this.progress.say(`\n${error.message}\n`);
      this.results.push(one(false));
      return false;
    }
  }

  /** @returns {number} the exit code */
  finish() {
    const total = sum(this.results);
    if (total.skipped.length > 0) console.log(`\nNot run:\n${total.skipped.map((name) => `  ${name}`).join('\n')}`);
    console.log(`\n${sentence(total)}`);
    return total.failed === 0 ? 0 : 1;
  }
}

await command(async ([option, ...others]) => {
  if (option === undefined) return testAll();
  if (option === '--quick' && others.length === 0) return testQuickly();
  throw new SetupError('Usage: npm test [-- --quick]');
});

async function testAll() {
  const checks = Object.values(CHECKS);
  const run = new Run(RUNTIME_STEPS + 5 + checks.length + 1 + BUILD_STEPS + E2E.length);
  const { progress } = run;
  await run.attempt(async () => {
    const runtime = await provideRuntime(progress);
    const browser = await progress.step('Providing a browser', provideBrowser, { summary: (path) => path });
    const firefox = await progress.step('Providing Firefox', provideFirefox, { summary: (path) => path });
    await progress.step('Providing a display', provideDisplay);
    const prometheus = await progress.step('Providing what hosts are run with', provideAdministration, {
      summary: (path) => path ?? 'done, without Prometheus',
    });
    const env = { ...runtime.env, PARLEY_PROMETHEUS: prometheus ?? undefined };
    let built = false;
    const e2e = (/** @type {string} */ folder) =>
      run.step(`Running e2e/${folder}`, (report) =>
        built
          ? runPlaywright({ ...runtime, browser, firefox }, folder, { report })
          : Promise.resolve({ ...one(false), output: 'There is no build to test.' }),
      );
    const build = async () => {
      built = await run.attempt(() => buildAll(progress, runtime.node));
      if (built) run.results.push(one(true));
    };
    const inLab = async () => {
      const missing = await progress.step('Providing networks', provideLab, { summary: (why) => why ?? 'done' });
      if (missing === null) return e2e(LAB);
      const result = { ...none(`e2e/${LAB}: ${missing}`), output: '' };
      return run.step(`Running e2e/${LAB}`, () => Promise.resolve(result), notRun);
    };
    const [protocol = '', ...others] = E2E;
    await sideBySide(
      [
        () => build().then(() => e2e(protocol)),
        ...checks.map((check) => () => run.check(runtime, check)),
        () => run.step(UNIT_TESTS, (report) => runVitest({ ...runtime, env }, { report })),
      ],
      WIDTH,
    );
    // Pictures are encoded in software: what is timed in browsers has the machine to itself.
    for (const folder of others) await (folder === LAB ? run.attempt(inLab) : e2e(folder));
  });
  return run.finish();
}

async function testQuickly() {
  const { base, files } = await changes();
  const checks = checksFor(files);
  const run = new Run(RUNTIME_STEPS + checks.length + 1);
  await run.attempt(async () => {
    const runtime = await provideRuntime(run.progress);
    await sideBySide(
      [
        () => run.step(UNIT_TESTS, (report) => runVitest(runtime, { report, changedSince: base })),
        ...checks.map((check) => () => run.check(runtime, check)),
      ],
      WIDTH,
    );
  });
  return run.finish();
}

/** @param {Outcome} result */
function notRun({ skipped }) {
  return `not run (${skipped.join(', ')})`;
}

/** @param {Outcome} result */
function verdict({ failed }) {
  return failed === 0 ? 'passed' : 'FAILED';
}
