// @ts-check
// `npm run host -- [options]`: the host without a window. Progress goes to standard error: with
// --json, standard output carries nothing but the host's own line.
import { command } from './setup/command.mjs';
import { HEADLESS } from './setup/host-process.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { handOver } from './setup/run.mjs';

await command(async (args) => {
  const progress = new Progress({ total: RUNTIME_STEPS + BUILD_STEPS, out: process.stderr });
  const { node, env } = await provideRuntime(progress);
  await buildAll(progress, node);
  return handOver(node, [HEADLESS, ...args], { env });
});
