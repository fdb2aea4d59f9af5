// @ts-check
// `npm start`: sets Parley up, starts the host and opens its window. Options are the host's.
import { join } from 'node:path';
import { findBrowser, hasDisplay } from './browser/find.mjs';
import { openAppWindow } from './browser/app-window.mjs';
import { printLink } from './browser/link.mjs';
import { command } from './setup/command.mjs';
import { startHost } from './setup/host-process.mjs';
import { CACHE } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { ended, stop } from './setup/run.mjs';

await command(async (args) => {
  const progress = new Progress({ total: RUNTIME_STEPS + BUILD_STEPS + 1 });
  const runtime = await provideRuntime(progress);
  await buildAll(progress, runtime.node);
  const host = await progress.step('Starting the host', () => startHost(runtime, args), { summary: ({ url }) => url });

  const browser = hasDisplay(process) ? await findBrowser() : null;
  if (browser) {
    console.log(`\nThere is no desktop app yet: Parley opens in a window of ${browser}. Close it to end.`);
    const profile = join(CACHE, 'window');
    const window = openAppWindow(browser, { url: host.localUrl, fingerprint: host.fingerprint, profile });
    void ended(window, browser).finally(() => stop(host.child));
  } else {
    const missing = hasDisplay(process) ? 'no browser of the Chromium family' : 'no display';
    console.log(`\nThere is no desktop app yet, and ${missing} here for a window: open this link. Ctrl+C ends.`);
    await printLink(host.url);
  }
  return host.end;
});
