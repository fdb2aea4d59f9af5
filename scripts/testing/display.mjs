// @ts-check
import { distribution, installSystemPackages, packagesFor } from '../setup/system-packages.mjs';

/**
 * What tests show windows on, list and share them with: installed where the system's
 * packages have it. Elsewhere the system has its own, or the tests say what they lack.
 *
 * @param {import('../setup/progress.mjs').Report} report
 */
export async function provideDisplay(report) {
  const system = await distribution();
  if (system.distribution === 'other') return;
  await installSystemPackages(packagesFor('display', system.distribution), 'for tests that show windows', report);
}
