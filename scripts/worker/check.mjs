// @ts-check
import { spawnSync } from 'node:child_process';

/** "Not started by mediasoup's Node side": the worker's answer to being started by hand. */
const STARTED_BY_HAND = 41;

/**
 * Whether a worker runs on this machine (its C library is new enough, nothing it links to is missing).
 *
 * @param {string} path
 */
export function workerStarts(path) {
  return spawnSync(path, { env: {}, stdio: 'ignore', timeout: 10_000 }).status === STARTED_BY_HAND;
}
