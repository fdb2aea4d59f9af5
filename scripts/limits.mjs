// @ts-check
// `npm run limits [-- NAME ...]`: moves each limit of src-shared/limits.ts where the code enforces it, up and
// down, and runs the unit tests that name it. One of them must fail each time: else no test notices the limit.
// With the limit where it is, all of them must pass.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './setup/command.mjs';
import { ROOT } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { run } from './setup/run.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { TOOL } from './testing/tools.mjs';

/** How a limit is moved. Times are moved by half, because the code around them need not be exact to the millisecond. */
const CHANGES = ['+ 1', '- 1'];
const CHANGES_OF_TIMES = ['* 1.5', '* 0.5'];
const NO_CHANGE = '+ 0';
/** A slow machine must not look like a test that fails, ms. */
const TEST_TIMEOUT_MS = 60_000;
const TESTS = 'src-{main,shared,renderer}/**/*.test.ts';

await command(async (chosen) => {
  const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
  const all = [...read('src-shared/limits.ts').matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);
  const unknown = chosen.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new SetupError(`No limits of src-shared/limits.ts: ${unknown.join(', ')}`);
  const limits = chosen.length > 0 ? chosen : all;
  const tests = globSync(TESTS, { cwd: ROOT }).map((path) => ({ path, source: read(path) }));

  const progress = new Progress({ total: RUNTIME_STEPS + limits.length });
  const { node, env } = await provideRuntime(progress);
  /** @param {string} name @param {string} change */
  const runTests = async (name, change) => {
    const naming = tests.filter(({ source }) => new RegExp(`\\b${name}\\b`).test(source)).map(({ path }) => path);
    if (naming.length === 0) return { failed: false, output: '' };
    const args = [TOOL.vitest, 'run', '--config', 'config/vitest.limits.config.ts', '--bail=1'];
    const options = { env: { ...env, PARLEY_MOVED_LIMIT: `${name} ${change}` } };
    const { code, output } = await run(node, [...args, `--testTimeout=${TEST_TIMEOUT_MS}`, ...naming], options);
    return { failed: code !== 0, output };
  };
  /** @type {string[]} */
  const unnoticed = [];
  for (const name of limits) {
    await progress.step(`Moving ${name}`, async () => {
      const { failed, output } = await runTests(name, NO_CHANGE);
      if (failed) throw new SetupError(`${output}\n\nTests fail with ${name} as it is.`);
      for (const change of name.endsWith('_MS') ? CHANGES_OF_TIMES : CHANGES) {
        if (!(await runTests(name, change)).failed) unnoticed.push(`${name} ${change}`);
      }
    });
  }
  console.log(
    unnoticed.length === 0 ? '\nA test notices every change.' : `\nNo test notices:\n  ${unnoticed.join('\n  ')}`,
  );
  return unnoticed.length === 0 ? 0 : 1;
});
