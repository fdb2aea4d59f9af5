/** The fixtures of the tests of the app: the app, and other participants in browsers. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mergeTests } from '@playwright/test';
import { test as browser } from '../fixtures/test.ts';
import { App } from './app.ts';
import type { LaunchOptions } from './launch.ts';
import { test as desktop } from './test.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Starts the app with a 360p camera and any free port. */
  start: (options?: Pick<LaunchOptions, 'args'>) => Promise<App>;
}

export const test = mergeTests(desktop, browser).extend<Fixtures>({
  start: async ({ launch, dataDir }, use) => {
    await use(async (options) => {
      const userData = join(dataDir, 'parley');
      await mkdir(userData, { recursive: true });
      await writeFile(join(userData, 'preferences.json'), JSON.stringify({ 'parley.capture': '"360p"' }));
      return new App(await launch({ env: { PARLEY_PORT: '0' }, ...options }));
    });
  },
});
