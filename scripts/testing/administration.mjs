// @ts-check
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKPLACE } from '../setup/paths.mjs';
import { mustRun, run } from '../setup/run.mjs';
import { distribution, installSystemPackages, packagesFor } from '../setup/system-packages.mjs';

/** Where Prometheus is unpacked. */
const FOLDER = join(WORKPLACE, 'prometheus');

/**
 * What the tests for administrators need beside Parley: packet filters and systemd's tools, installed where the
 * system's packages have them, and Prometheus. Elsewhere those tests say what they lack.
 *
 * @param {import('../setup/progress.mjs').Report} report
 * @returns {Promise<string | null>} the path of Prometheus; null: there is none
 */
export async function provideAdministration(report) {
  const system = await distribution();
  if (system.distribution !== 'other') {
    await installSystemPackages(packagesFor('administration', system.distribution), 'for tests of hosting', report);
  }
  return (await starts('prometheus')) ?? (system.distribution === 'other' ? null : unpackPrometheus(report));
}

/**
 * Unpacked, not installed: the package would start a service on every address of this computer.
 *
 * @param {import('../setup/progress.mjs').Report} report
 */
async function unpackPrometheus(report) {
  const program = join(FOLDER, 'usr', 'bin', 'prometheus');
  if (await starts(program)) return program;
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  report('downloading Prometheus');
  const failure =
    'apt-get could not download the package prometheus, needed for tests of the dashboard. ' +
    'After `sudo apt-get update` run this again. It said:';
  await mustRun('apt-get', ['-q', '-oAcquire::Retries=3', 'download', 'prometheus'], { cwd: FOLDER, failure });
  const archive = (await readdir(FOLDER)).find((name) => name.endsWith('.deb')) ?? '';
  await mustRun('dpkg-deb', ['--extract', join(FOLDER, archive), FOLDER], {
    failure: `${archive} could not be unpacked.`,
  });
  await rm(join(FOLDER, archive));
  return starts(program);
}

/** @param {string} program @returns {Promise<string | null>} the program; null: it cannot be run */
async function starts(program) {
  const code = await run(program, ['--version']).then(
    (ended) => ended.code,
    () => 1,
  );
  return code === 0 ? program : null;
}
