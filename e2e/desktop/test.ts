/** The fixtures of all desktop tests. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';
import { launchApp } from './launch.ts';
import type { LaunchOptions } from './launch.ts';

export { expect } from '@playwright/test';

export interface Fixtures {
  /** A folder of the test's own, for the app's data. */
  dataDir: string;
  /** Starts the app, and ends it with the test if it still runs. Its output is attached when the test fails. */
  launch: (options?: Partial<LaunchOptions>) => Promise<ElectronApplication>;
}

export const test = base.extend<Fixtures>({
  // Playwright reads what a fixture needs from the pattern of its first parameter.
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-desktop-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },

  launch: async ({ dataDir }, use, testInfo) => {
    const processes: ChildProcess[] = [];
    const said: Buffer[] = [];
    await use(async (options = {}) => {
      const app = await launchApp({ dataDir, ...options });
      const process = app.process();
      processes.push(process);
      for (const output of [process.stdout, process.stderr]) output?.on('data', (chunk: Buffer) => said.push(chunk));
      return app;
    });
    await Promise.all(processes.map(end));
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('what the app said', { body: Buffer.concat(said), contentType: 'text/plain' });
  },
});

/** Kills it, so that no dialog can prevent the end. */
async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, 'exit');
  process.kill('SIGKILL');
  await exit;
}
