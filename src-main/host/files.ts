/** Files of the data folder. */
import { readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { systemCode } from './host-error.ts';

/** Null: there is no such file. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Atomic: writes another file, flushes it to the disk, and renames it. A crash or a power loss leaves the old content or the new. */
export async function writeWhole(file: string, content: string, mode: number): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await writeFile(beside, content, { mode, flush: true });
    await rename(beside, file);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  }
}
