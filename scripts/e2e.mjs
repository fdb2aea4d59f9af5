// @ts-check
// `npm run e2e -- <folder> [options for Playwright]`: one folder of e2e/.
import { provideBrowser, provideFirefox } from './browser/provide.mjs';
import { command } from './setup/command.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { provideDisplay } from './testing/display.mjs';
import { provideLab } from './testing/lab.mjs';
import { E2E, runPlaywright } from './testing/runners.mjs';
import { sentence } from './testing/tally.mjs';

await command(async ([folder = '', ...options]) => {
  if (!E2E.includes(folder)) {
    throw new SetupError(`Usage: npm run e2e -- ${E2E.join(' | ')} [options for Playwright]`);
  }
  const withFirefox = folder === 'firefox';
  const shown = withFirefox || folder === 'desktop' || folder === 'lab';
  const inLab = folder === 'lab';
  const special = [withFirefox, shown, inLab].filter(Boolean).length;
  const progress = new Progress({ total: RUNTIME_STEPS + 1 + special + BUILD_STEPS });
  const runtime = await provideRuntime(progress);
  const summary = (/** @type {string} */ path) => path;
  const browser = await progress.step('Providing a browser', provideBrowser, { summary });
  const firefox = withFirefox ? await progress.step('Providing Firefox', provideFirefox, { summary }) : undefined;
  if (inLab) {
    const missing = await progress.step('Providing networks', provideLab, { summary: (why) => why ?? 'done' });
    if (missing !== null) throw new SetupError(`Not run: e2e/lab, because ${missing}.`);
  }
  if (shown) await progress.step('Providing a display', provideDisplay);
  await buildAll(progress, runtime.node);
  const result = await runPlaywright({ ...runtime, browser, firefox }, folder, { more: options });
  console.log(`\n${sentence(result)}`);
  return result.failed === 0 ? 0 : 1;
});
