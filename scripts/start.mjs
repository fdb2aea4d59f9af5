// @ts-check
// `npm start`: sets Parley up, starts the host and opens its window. Options are the host's.
import { join } from 'node:path';
import { appWindowArgs } from './browser/app-window.mjs';
import { findBrowser, hasDisplay } from './browser/find.mjs';
import { command } from './setup/command.mjs';
import { HEADLESS, startHost } from './setup/host-process.mjs';
import { CACHE } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { ended, handOver, start, stop } from './setup/run.mjs';

await command(async (args) => {
  const browser = hasDisplay(process) ? await findBrowser() : null;
  const progress = new Progress({ total: RUNTIME_STEPS + BUILD_STEPS + (browser ? 1 : 0) });
  const runtime = await provideRuntime(progress);
  await buildAll(progress, runtime.node);
  if (!browser) {
    const missing = hasDisplay(process) ? 'no browser of the Chromium family' : 'no display';
    console.log(`There is no desktop app yet, and ${missing} for a window: here is the link instead.`);
    return handOver(runtime.node, [HEADLESS, ...args], { env: runtime.env });
  }
  const host = await progress.step('Starting the host', () => startHost(runtime, args), { summary: ({ url }) => url });
  console.log(`There is no desktop app yet: Parley opens in a window of ${browser}. Close it to end.`);
  const window = appWindowArgs({
    url: `https://127.0.0.1:${host.port}/`,
    fingerprint: host.fingerprint,
    profile: join(CACHE, 'window'),
    root: process.getuid?.() === 0,
  });
  void ended(start(browser, window, { stdio: 'ignore' }), browser).finally(() => stop(host.child));
  return host.end;
});
