// @ts-check
import { join } from 'node:path';
import { CACHE } from '../setup/paths.mjs';

/**
 * The name under which a worker is kept: another version or platform is another file.
 *
 * @param {{ version: string, platform: string, arch: string }} worker
 */
export function workerName({ version, platform, arch }) {
  return `mediasoup-worker-${version}-${platform}-${arch}${platform === 'win32' ? '.exe' : ''}`;
}

/**
 * Where a worker is kept, outside the checkout: every checkout of this user shares it.
 *
 * @param {{ version: string, platform: string, arch: string }} worker
 */
export const workerPath = (worker) => join(CACHE, workerName(worker));
