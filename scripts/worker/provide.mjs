// @ts-check
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { withLock } from '../setup/lock.mjs';
import { installed } from '../setup/paths.mjs';
import { mustRun } from '../setup/run.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { distribution, installSystemPackages, packagesFor } from '../setup/system-packages.mjs';
import { workerPath } from './cache.mjs';
import { workerStarts } from './check.mjs';
import { buildWorker } from './debian/build.mjs';
import { checksumOf, noteOrigin, originOf } from './origin.mjs';
import { fetchPrebuilt, prebuiltName, prebuiltUrl } from './prebuilt.mjs';

/**
 * Mediasoup's worker for this machine: the one `MEDIASOUP_WORKER_BIN` names, else the one kept from
 * before, else upstream's prebuilt one, else one built here.
 *
 * @param {import('../setup/progress.mjs').Report} report
 * @returns {Promise<{ path: string, origin: import('./origin.mjs').Origin | 'named' }>}
 * @throws {SetupError}
 */
export async function provideWorker(report) {
  const named = process.env['MEDIASOUP_WORKER_BIN'];
  if (named) {
    if (workerStarts(named)) return { path: named, origin: 'named' };
    throw new SetupError(`MEDIASOUP_WORKER_BIN names ${named}, which does not start as a mediasoup worker.`);
  }
  const { version, repository } = await readPackage();
  const { platform, arch } = process;
  const path = workerPath({ version, platform, arch });
  const archive = prebuiltName({ version, platform, arch, release: release() });
  const checksum = await checksumOf(archive);
  const isKept = async () => workerStarts(path) && (await originOf(path, checksum)) !== 'wrong';
  if (!(await isKept())) {
    const makeIt = async () => {
      if (!(await isKept())) await make({ version, repository, archive, checksum, path, report });
    };
    await mkdir(dirname(path), { recursive: true });
    await withLock(`${path}.lock`, makeIt, (holder) => report(`waiting for process ${holder}`));
  }
  return { path, origin: await originOf(path, checksum) };
}

/** @returns {Promise<{ version: string, repository: string }>} */
async function readPackage() {
  const { version, repository } = JSON.parse(await readFile(installed('mediasoup', 'package.json'), 'utf8'));
  return { version, repository: repository.url };
}

/**
 * @typedef {object} Wanted
 * @property {string} version
 * @property {string} repository
 * @property {string} archive name of the prebuilt one
 * @property {string} checksum of that archive; empty: none is on file
 * @property {string} path
 * @property {import('../setup/progress.mjs').Report} report
 */

/** @param {Wanted} wanted */
async function make(wanted) {
  const { path, report } = wanted;
  // Written under another name first, so that an incomplete worker or one that does not start is never used.
  const draft = `${path}.${process.pid}`;
  try {
    const prebuilt = await tryPrebuilt({ ...wanted, path: draft });
    if ('reason' in prebuilt) await makeHere({ path: draft, report, reason: prebuilt.reason });
    if (!workerStarts(draft)) throw new SetupError('The media worker that was made here does not start.');
    await noteOrigin(path, 'sum' in prebuilt ? prebuilt.sum : null);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * @param {Wanted} wanted
 * @returns {Promise<{ reason: string } | { sum: string }>} why there is none; or the checksum of its archive: it is at `path`
 */
async function tryPrebuilt({ version, repository, archive, checksum, path, report }) {
  if (process.env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) return { reason: 'skipped' };
  const base = process.env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'];
  try {
    report('fetching the prebuilt one');
    const url = prebuiltUrl({ repository, version, name: archive, base });
    const sum = await fetchPrebuilt({ url, path, checksum, report });
    return workerStarts(path) ? { sum } : { reason: 'the prebuilt one does not start on this machine' };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {{ path: string, report: import('../setup/progress.mjs').Report, reason: string }} wanted */
async function makeHere({ path, report, reason }) {
  const system = await distribution();
  if (system.distribution === 'other') return makeUpstreamsWay({ path, report, reason });
  const packages = packagesFor('compiler', system.distribution);
  await installSystemPackages(packages, "to build mediasoup's worker, as no prebuilt one is to be had", report);
  await buildWorker({
    source: installed('mediasoup'),
    path,
    distribution: system.distribution,
    codename: system.codename,
    report,
  });
}

/** @param {{ path: string, report: import('../setup/progress.mjs').Report, reason: string }} wanted */
async function makeUpstreamsWay({ path, report, reason }) {
  const folder = installed('mediasoup');
  report("building it with mediasoup's own script");
  await mustRun(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: folder,
    env: { MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: 'true' },
    failure:
      `Parley needs mediasoup's worker. The prebuilt one is not to be had (${reason}), and building it failed: ` +
      'that takes Python with pip, a C++20 compiler and access to GitHub (https://mediasoup.org/documentation/v3/mediasoup/installation). ' +
      'A worker you have can be named in MEDIASOUP_WORKER_BIN. The build said:',
  });
  const name = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';
  await copyFile(join(folder, 'worker', 'out', 'Release', name), path);
}
