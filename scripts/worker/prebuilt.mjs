// @ts-check
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { extractFile } from './tar.mjs';

/** How long the server may be silent, ms: before it answers, and while it sends. */
const SILENCE_MS = 5000;

/**
 * What upstream calls the archive with a prebuilt worker.
 *
 * @param {{ version: string, platform: string, arch: string, release: string }} machine `release`: of
 * the operating system
 */
export function prebuiltName({ version, platform, arch, release }) {
  const kernel = platform === 'linux' ? `-kernel${Number(release.split('.')[0])}` : '';
  return `mediasoup-worker-${version}-${platform}-${arch}${kernel}.tgz`;
}

/**
 * Where upstream publishes it.
 *
 * @param {{ repository: string, version: string, name: string, base?: string | undefined }} release
 * `repository`: as in mediasoup's package.json; `base`: another server that mirrors the releases
 */
export function prebuiltUrl({ repository, version, name, base }) {
  const releases = base ?? `${repository.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`;
  return `${releases}/${version}/${name}`;
}

/**
 * Fetches a prebuilt worker, or gives up within a few seconds of silence.
 *
 * @param {object} wanted
 * @param {string} wanted.url
 * @param {string} wanted.path the worker is written there, executable
 * @param {string} wanted.checksum SHA-256 (hex) that the archive must have; empty: any is taken
 * @param {import('../setup/progress.mjs').Report} wanted.report
 * @param {number} [wanted.silenceMs]
 * @returns {Promise<string>} SHA-256 (hex) of the archive
 * @throws {Error} not to be had, or not what the checksum says, with the reason
 */
export async function fetchPrebuilt({ url, path, checksum, report, silenceMs = SILENCE_MS }) {
  const archive = await download(url, report, silenceMs);
  const sum = createHash('sha256').update(archive).digest('hex');
  if (checksum !== '' && sum !== checksum) throw new Error(`${url} is not what its checksum says`);
  const name = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';
  const worker = extractFile(await promisify(gunzip)(archive), name);
  if (!worker) throw new Error(`there is no ${name} in ${url}`);
  await writeFile(path, worker, { mode: 0o755 });
  return sum;
}

/** @param {string} url @param {import('../setup/progress.mjs').Report} report @param {number} silenceMs */
async function download(url, report, silenceMs) {
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error(`${new URL(url).host} does not answer`));
  let timer = setTimeout(giveUp, silenceMs);
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok || !response.body) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    const total = Number(response.headers.get('content-length'));
    /** @type {Uint8Array[]} */
    const parts = [];
    let size = 0;
    for await (const part of response.body) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceMs);
      parts.push(part);
      size += part.length;
      report(total ? size / total : `${Math.floor(size / 1e6)} MB`);
    }
    return Buffer.concat(parts);
  } finally {
    clearTimeout(timer);
  }
}
