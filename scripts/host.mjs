// @ts-check
// `npm run host -- [options]`: the host without a window. Progress goes to standard error: with
// --json, standard output carries nothing but the host's own line.
import { command } from './setup/command.mjs';
import { HEADLESS, isQuestion } from './setup/host-process.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, NODE_STEPS, provideNode, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { handOver } from './setup/run.mjs';

await command(async (args) => {
  const asked = isQuestion(args);
  const steps = asked ? NODE_STEPS : RUNTIME_STEPS;
  const progress = new Progress({ total: steps + BUILD_STEPS, out: process.stderr });
  const { node, env } = await (asked ? provideNode(progress) : provideRuntime(progress));
  await buildAll(progress, node);
  // Paths in the options are relative to where the person is; npm itself runs in the checkout.
  return handOver(node, [HEADLESS, ...args], { env, cwd: process.env['INIT_CWD'] ?? process.cwd() });
});
