// @ts-check
import { distribution, installSystemPackages, packagesFor } from '../setup/system-packages.mjs';
import { run } from '../setup/run.mjs';

/**
 * What the tests in e2e/lab need: networks of their own, and other programs on them.
 *
 * @param {import('../setup/progress.mjs').Report} report
 * @returns {Promise<string | null>} why these tests cannot run here; null: they can
 * @throws {import('../setup/setup-error.mjs').SetupError} packages cannot be installed
 */
export async function provideLab(report) {
  const forbidden = await whyForbidden();
  if (forbidden !== null) return forbidden;
  const system = await distribution();
  if (system.distribution !== 'other') {
    const packages = packagesFor('lab', system.distribution);
    await installSystemPackages(packages, 'for tests in networks of their own', report);
  }
  return whyUnable();
}

/** @returns {Promise<string | null>} */
async function whyForbidden() {
  if (process.platform !== 'linux') return 'only Linux has network namespaces';
  return process.getuid?.() === 0 ? null : 'only root may make network namespaces';
}

/** Tries it: a container may forbid it. @returns {Promise<string | null>} */
async function whyUnable() {
  const namespace = `parley-lab-${process.pid}-try`;
  const { code, output } = await run('ip', ['netns', 'add', namespace]);
  if (code !== 0) return `no network namespace can be made here: ${output.trim()}`;
  await run('ip', ['netns', 'del', namespace]);
  return null;
}
