// @ts-check
import { join } from 'node:path';
import { CACHE, installed } from '../setup/paths.mjs';

/** Where mediasoup itself looks for its worker. */
export const INSTALLED_WORKER = installed(
  ...['mediasoup', 'worker', 'out', 'Release'],
  process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker',
);

/**
 * The file name of a cached worker: each version and platform has its own.
 *
 * @param {{ version: string, platform: string, arch: string }} worker
 */
export function workerName({ version, platform, arch }) {
  return `mediasoup-worker-${version}-${platform}-${arch}${platform === 'win32' ? '.exe' : ''}`;
}

/**
 * The cache of workers. It is outside the checkout, so that all checkouts of this user share it.
 *
 * @param {{ version: string, platform: string, arch: string }} worker
 */
export const workerPath = (worker) => join(CACHE, workerName(worker));
