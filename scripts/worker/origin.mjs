// @ts-check
import { readFile, writeFile } from 'node:fs/promises';

/**
 * SHA-256 (hex) of upstream's archives with a prebuilt worker, by their names: the publisher fills them in.
 * An empty entry, or none: the archive is unchecked, and no installer may contain its worker.
 */
const CHECKSUMS = new URL('checksums.json', import.meta.url);

/**
 * The origin of a cached worker. `built`: compiled on this machine; `checked`: prebuilt, and its archive
 * has the checksum on file; `unchecked`: prebuilt, and there is none on file, or nothing is known of it;
 * `wrong`: prebuilt, and its archive has another.
 *
 * @typedef {'built' | 'checked' | 'unchecked' | 'wrong'} Origin
 */

/** The checksum on file; empty: none. @param {string} archive name @param {URL | string} [file] @returns {Promise<string>} */
export async function checksumOf(archive, file = CHECKSUMS) {
  return JSON.parse(await readFile(file, 'utf8'))[archive] ?? '';
}

/** Stores the origin beside a cached worker. @param {string} path @param {string | null} archiveSum of the archive; null: built here */
export async function noteOrigin(path, archiveSum) {
  await writeFile(`${path}.origin`, archiveSum === null ? 'built' : `prebuilt ${archiveSum}`);
}

/** @param {string} path of a cached worker @param {string} checksum on file @returns {Promise<Origin>} */
export async function originOf(path, checksum) {
  const noted = await readFile(`${path}.origin`, 'utf8').catch(() => '');
  if (noted === 'built') return 'built';
  const [, sum] = /^prebuilt ([\da-f]{64})$/.exec(noted) ?? [];
  if (sum === undefined || checksum === '') return 'unchecked';
  return sum === checksum ? 'checked' : 'wrong';
}

/**
 * Why a worker may not be in an installer; null: it may. For one that `MEDIASOUP_WORKER_BIN` names, the user is responsible.
 *
 * @param {{ path: string, origin: Origin | 'named' }} worker
 */
export function whyNotPacked({ path, origin }) {
  if (origin !== 'unchecked' && origin !== 'wrong') return null;
  return (
    `Nothing was packed: the media worker ${path} is a prebuilt one whose checksum is not on file. ` +
    'Put the SHA-256 of its archive into scripts/worker/checksums.json, or have it built here with MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD=1.'
  );
}
