// @ts-check
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;
/** How often a holder shows that it lives, and how long others watch in vain before they take over. */
const BEAT_MS = 1000;
const PATIENCE_MS = 10_000;

/**
 * Runs `work` while no other process runs its own under the same lock file. A lock whose process is
 * gone is taken over: at once where its id is free, after 10 s without a sign of life where another
 * process has the id now.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(holder: number) => void} [onWait] hears the process waited for
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => undefined) {
  await mkdir(dirname(file), { recursive: true });
  while (!(await take(file))) await released(file, onWait);
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

/** The lock appears with its content at once: nobody reads it half-written. @param {string} file */
async function take(file) {
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(mine, { force: true });
  }
}

/**
 * Resolves when the lock is worth another try.
 *
 * @param {string} file
 * @param {(holder: number) => void} onWait
 */
async function released(file, onWait) {
  let seen = await look(file);
  let since = performance.now();
  while (seen) {
    if (!isRunning(seen.holder) || performance.now() - since > PATIENCE_MS) return discard(file, seen.holder);
    onWait(seen.holder);
    await delay(POLL_MS);
    const now = await look(file);
    if (now?.holder !== seen.holder || now.beat !== seen.beat) since = performance.now();
    seen = now;
  }
}

/** @param {string} file @returns {Promise<{ holder: number, beat: number } | null>} null: there is none */
async function look(file) {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { holder: Number(text), beat: mtimeMs };
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Removes the lock of a process that is gone; should another have taken it in between, theirs is put back.
 *
 * @param {string} file
 * @param {number} gone
 */
async function discard(file, gone) {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await look(aside))?.holder !== gone) await link(aside, file);
  } catch {
    // Somebody else was quicker.
  }
  await rm(aside, { force: true });
}
