// @ts-check
import { distribution, installSystemPackages, packagesFor } from '../setup/system-packages.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { findBrowser } from './find.mjs';

/**
 * A browser of the Chromium family, installed where there is none and the system's packages have one.
 *
 * @param {import('../setup/progress.mjs').Report} report
 * @returns {Promise<string>} its absolute path
 * @throws {SetupError} none, and what to do
 */
export async function provideBrowser(report) {
  const present = await findBrowser();
  if (present) return present;
  const system = await distribution();
  if (system.distribution !== 'other') {
    await installSystemPackages(packagesFor('browser', system.distribution), 'for meetings in a real browser', report);
  }
  const browser = await findBrowser();
  if (browser) return browser;
  throw new SetupError(
    'This needs Chromium, Chrome, Edge or Brave on this machine: install one of them, then run this again.',
  );
}
