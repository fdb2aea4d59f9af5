// @ts-check
// `npm start [-- LINK]`: sets Parley up and opens the app, with a link its meeting. Where Electron's
// runtime cannot be had, a browser's window takes its place, and for want of a link shows a host that
// is started here; so it is with options of the host's.
import { join } from 'node:path';
import { appWindowArgs } from './browser/app-window.mjs';
import { findBrowser, hasDisplay } from './browser/find.mjs';
import { meetingLink } from './browser/link.mjs';
import { provideElectron } from './electron-runtime.mjs';
import { command } from './setup/command.mjs';
import { HEADLESS, isQuestion, startHost } from './setup/host-process.mjs';
import { CACHE, ROOT } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { ended, handOver, start, stop } from './setup/run.mjs';

/** Root has no use of Chromium's sandbox: it does not start. */
const root = process.getuid?.() === 0;

await command(async (args) => {
  const shows = hasDisplay(process);
  const links = args.map(meetingLink).filter((link) => link !== null);
  const forApp = links.length === args.length;
  const [link] = forApp ? links : [];
  const browser = shows && !isQuestion(args) ? await findBrowser() : null;
  const more = (shows && forApp ? 1 : 0) + (browser && !link ? 1 : 0);
  const progress = new Progress({ total: RUNTIME_STEPS + BUILD_STEPS + more });
  const runtime = await provideRuntime(progress);
  await buildAll(progress, runtime.node);
  if (shows && forApp) {
    const provide = (/** @type {import('./setup/progress.mjs').Report} */ report) =>
      provideElectron({ node: runtime.node, report });
    const summary = (/** @type {string | null} */ path) => path ?? 'cannot be had here';
    const electron = await progress.step('Providing Electron', provide, { summary });
    const app = [...(root ? ['--no-sandbox'] : []), ROOT, ...links.map((each) => each.app)];
    if (electron) return handOver(electron, app, { env: runtime.env });
  }
  const reason = forApp ? 'Without Electron’s runtime' : 'With options of the host’s';
  if (isQuestion(args)) return handOver(runtime.node, [HEADLESS, ...args], { env: runtime.env });
  if (!browser) {
    const missing = shows ? 'no browser of the Chromium family' : 'no display';
    console.log(`There is ${missing} for a window: here is the link instead.`);
    if (link) {
      console.log(link.web);
      return 0;
    }
    return handOver(runtime.node, [HEADLESS, ...(forApp ? [] : args)], { env: runtime.env });
  }
  if (link) {
    console.log(`${reason}, the meeting opens in a window of ${browser}.`);
    // A browser that runs already takes no other key: each host has a profile of its own.
    const profile = join(CACHE, 'windows', link.fingerprint ?? 'any');
    const window = appWindowArgs({ url: link.web, fingerprint: link.fingerprint, profile, root });
    return ended(start(browser, window, { stdio: 'ignore' }), browser);
  }
  const starting = () => startHost(runtime, forApp ? [] : args);
  const host = await progress.step('Starting the host', starting, { summary: ({ url }) => url });
  console.log(`${reason}, Parley opens in a window of ${browser}. Close it to end.`);
  const url = `https://127.0.0.1:${host.port}/`;
  const window = appWindowArgs({ url, fingerprint: host.fingerprint, profile: join(CACHE, 'window'), root });
  void ended(start(browser, window, { stdio: 'ignore' }), browser).finally(() => stop(host.child));
  return host.end;
});
