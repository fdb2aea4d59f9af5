/**
 * Takes the pictures of the app's own windows into docs/pictures: `node e2e/gallery/app.ts` with
 * Node 22.18 or later, which runs TypeScript files, after a build; the worker is MEDIASOUP_WORKER_BIN's. On Electron, or where it cannot be had on the
 * stand-in for it, which shows the same windows without their frames.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { App } from '../desktop/app.ts';
import { launchApp } from '../desktop/launch.ts';

const PICTURES = join(import.meta.dirname, '../../docs/pictures');
const take = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

const dataDir = await mkdtemp(join(tmpdir(), 'parley-gallery-'));
const electron = await launchApp({ dataDir, env: { PARLEY_PORT: '0' } });
try {
  const app = new App(electron);
  await take(await app.home(), 'app-home');
  const { person } = await app.host('Mira Okafor');
  // The camera of the tests is no sight.
  await person.press('Stop camera');
  const opening = electron.waitForEvent('window');
  await person.press('Share screen');
  const picker = await opening;
  await picker.getByRole('listitem').first().locator('img').waitFor();
  await take(picker, 'app-picker');
} finally {
  await electron.close();
  await rm(dataDir, { recursive: true, force: true });
}
