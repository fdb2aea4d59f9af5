// @ts-check
// `npm run setup`: all that a host needs, inside the checkout: packages, media worker, build. Afterwards scripts/parley.mjs
// runs for any user, and needs neither the network nor to write there.
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { command } from './setup/command.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { INSTALLED_WORKER } from './worker/cache.mjs';

await command(async () => {
  const progress = new Progress({ total: RUNTIME_STEPS + BUILD_STEPS });
  const { node, worker } = await provideRuntime(progress);
  await buildAll(progress, node);
  await mkdir(dirname(INSTALLED_WORKER), { recursive: true });
  if (worker.path !== INSTALLED_WORKER) await copyFile(worker.path, INSTALLED_WORKER);
  return 0;
});
