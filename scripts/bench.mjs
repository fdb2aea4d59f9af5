// @ts-check
// `npm run bench -- <name> [--json]`: one measurement of bench/. Progress goes to standard error:
// with --json, the last line on standard output is the result.
import { join } from 'node:path';
import { provideBrowser } from './browser/provide.mjs';
import { command } from './setup/command.mjs';
import { ROOT } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { handOver } from './setup/run.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { provideDisplay } from './testing/display.mjs';

const MEASUREMENTS = ['gateways', 'half-read', 'healing', 'join', 'startup'];

await command(async ([name = '', ...options]) => {
  if (!MEASUREMENTS.includes(name)) {
    throw new SetupError(
      `Usage: npm run bench -- <name> [--json] [its own options]\nMeasurements: ${MEASUREMENTS.join(', ')}`,
    );
  }
  const shown = name === 'startup';
  const progress = new Progress({ total: RUNTIME_STEPS + (shown ? 2 : 1) + BUILD_STEPS, out: process.stderr });
  const { node, env } = await provideRuntime(progress);
  const browser = await progress.step('Providing a browser', provideBrowser, { summary: (path) => path });
  if (shown) await progress.step('Providing a display', provideDisplay);
  await buildAll(progress, node);
  return handOver(node, [join(ROOT, 'bench', `${name}.ts`), ...options], { env: { ...env, PARLEY_BROWSER: browser } });
});
