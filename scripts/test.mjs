// @ts-check
// `npm test`: installs what the tests need, runs every check and every test, goes on after a failure,
// and ends with one line that adds everything up.
import { provideBrowser } from './browser/provide.mjs';
import { command } from './setup/command.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { provideDisplay } from './testing/display.mjs';
import { E2E, runCheck, runPlaywright, runVitest } from './testing/runners.mjs';
import { one, sentence, sum } from './testing/tally.mjs';
import { CHECKS } from './testing/tools.mjs';

await command(async () => {
  const checks = Object.values(CHECKS);
  const progress = new Progress({ total: RUNTIME_STEPS + 2 + checks.length + 1 + BUILD_STEPS + E2E.length });
  /** @type {import('./testing/tally.mjs').Result[]} */
  const results = [];
  /** @param {() => Promise<import('./testing/tally.mjs').Result[]>} work */
  const collect = async (work) => {
    try {
      results.push(...(await work()));
      return true;
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      console.error(`\n${error.message}\n`);
      results.push(one(false));
      return false;
    }
  };
  await collect(async () => {
    const runtime = await provideRuntime(progress);
    const browser = await progress.step('Providing a browser', provideBrowser, { summary: (path) => path });
    await progress.step('Providing a display', provideDisplay);

    for (const check of checks) {
      const result = await progress.step(check.title, () => runCheck(runtime, check), { summary: verdict });
      if (result.output) console.error(`\n${result.output}\n`);
      results.push(result);
    }
    results.push(
      await progress.step('Running unit tests', () => runVitest(runtime), { shows: true, summary: sentence }),
    );
    const built = await collect(async () => {
      await buildAll(progress, runtime.node);
      return [one(true)];
    });
    for (const folder of E2E) {
      const run = () => (built ? runPlaywright({ ...runtime, browser }, folder) : Promise.resolve(one(false)));
      results.push(await progress.step(`Running e2e/${folder}`, run, { shows: true, summary: sentence }));
    }
    return [];
  });
  const total = sum(results);
  if (total.skipped.length > 0) console.log(`\nNot run:\n${total.skipped.map((name) => `  ${name}`).join('\n')}`);
  console.log(`\n${sentence(total)}`);
  return total.failed === 0 ? 0 : 1;
});

/** @param {import('./testing/tally.mjs').Result} result */
function verdict({ failed }) {
  return failed === 0 ? 'passed' : 'FAILED';
}
