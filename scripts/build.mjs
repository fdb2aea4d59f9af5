// @ts-check
// `npm run build`: the host and the window, into dist/.
import { command } from './setup/command.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';

await command(async () => {
  const progress = new Progress({ total: RUNTIME_STEPS + BUILD_STEPS });
  const { node } = await provideRuntime(progress);
  await buildAll(progress, node);
  return 0;
});
