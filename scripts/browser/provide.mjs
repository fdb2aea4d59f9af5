// @ts-check
import { distribution, installSystemPackages, packagesFor } from '../setup/system-packages.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { findBrowser, findFirefox } from './find.mjs';

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

/**
 * Firefox, installed where there is none and Debian's packages have it.
 *
 * @param {import('../setup/progress.mjs').Report} report
 * @returns {Promise<string>} its absolute path
 * @throws {SetupError} none, and what to do
 */
export async function provideFirefox(report) {
  const present = await findFirefox();
  if (present) return present;
  const system = await distribution();
  if (system.distribution !== 'other') {
    const packages = packagesFor('firefox', system.distribution);
    await installSystemPackages(packages, 'for meetings between Chromium and Firefox', report);
  }
  const firefox = await findFirefox();
  if (firefox) return firefox;
  throw new SetupError(
    'This needs Firefox on this machine, and not as a snap: install it (on Debian the package firefox-esr), ' +
      'then run this again.',
  );
}
