// @ts-check
// `npm run package`: installers for this system, in dist/installers. Electron's runtime and the tools
// that make installers are fetched on first use; where they cannot be had, one line says what is missing.
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { provideElectron } from './electron-runtime.mjs';
import { command } from './setup/command.mjs';
import { installed } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { BUILD_STEPS, buildAll, provideRuntime, RUNTIME_STEPS } from './setup/ready.mjs';
import { run } from './setup/run.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { INSTALLED_WORKER } from './worker/cache.mjs';
import { whyNotPacked } from './worker/origin.mjs';

await command(async (options) => {
  const progress = new Progress({ total: RUNTIME_STEPS + BUILD_STEPS + 2 });
  const { node, worker } = await provideRuntime(progress);
  const refusal = whyNotPacked(worker);
  if (refusal) throw new SetupError(refusal);
  await buildAll(progress, node);
  const electron = await progress.step('Providing Electron', (report) => provideElectron({ node, report }), {
    summary: (path) => path ?? 'not to be had',
  });
  if (!electron) throw new SetupError('Nothing was packed: Electron’s runtime could not be fetched.');
  await mkdir(dirname(INSTALLED_WORKER), { recursive: true });
  if (worker.path !== INSTALLED_WORKER) await copyFile(worker.path, INSTALLED_WORKER);
  await progress.step('Packing', (report) => pack(node, options, report), { summary: () => 'dist/installers' });
  return 0;
});

/**
 * @param {string} node
 * @param {readonly string[]} options the builder's own, such as `--dir`
 * @param {import('./setup/progress.mjs').Report} report
 * @throws {SetupError} one line, with the address where a tool could not be fetched
 */
async function pack(node, options, report) {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const dist = override ? [`-c.electronDist=${override}`] : [];
  const args = [installed('electron-builder', 'cli.js'), '--publish=never', ...dist, ...options];
  const { code, output } = await run(node, args, { onLine: (line) => report(line.trim().slice(0, 60)) });
  if (code === 0) return;
  const address = /https?:\/\/[^\s"']+/.exec(
    output
      .split('\n')
      .filter((line) => /fail|error|cannot/i.test(line))
      .join('\n'),
  );
  throw new SetupError(
    address ? `Nothing was packed: ${address[0]} could not be fetched.` : `electron-builder failed.\n\n${output}`,
  );
}
