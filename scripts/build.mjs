// @ts-check
// `npm run build`: the host and the window, into dist/.
import { command } from './setup/command.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, NODE_STEPS, provideNode } from './setup/ready.mjs';

await command(async () => {
  const progress = new Progress({ total: NODE_STEPS + BUILD_STEPS });
  const { node } = await provideNode(progress);
  await buildAll(progress, node);
  return 0;
});
