// @ts-check
// `npm run bench -- <name> [--json]`: one measurement of bench/. Progress goes to standard error:
// with --json, the last line on standard output is the result.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { provideBrowser } from './browser/provide.mjs';
import { command } from './setup/command.mjs';
import { ROOT } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { handOver } from './setup/run.mjs';
import { SetupError } from './setup/setup-error.mjs';

const FOLDER = join(ROOT, 'bench');

await command(async ([name = '', ...options]) => {
  const script = join(FOLDER, `${name}.ts`);
  if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(script)) {
    throw new SetupError(`Usage: npm run bench -- <name> [--json]\nMeasurements: ${(await measurements()).join(', ')}`);
  }
  const progress = new Progress({ total: RUNTIME_STEPS + 1 + BUILD_STEPS, out: process.stderr });
  const { node, env } = await provideRuntime(progress);
  const browser = await progress.step('Providing a browser', provideBrowser, { summary: (path) => path });
  await buildAll(progress, node);
  return handOver(node, [script, ...options], { env: { ...env, PARLEY_BROWSER: browser } });
});

async function measurements() {
  const names = await readdir(FOLDER);
  return names.filter((name) => /^[a-z][a-z-]*\.ts$/.test(name)).map((name) => name.slice(0, -'.ts'.length));
}
