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

/** Writes beside and renames, so that a crash leaves the old file or the new one. */
export async function writeWhole(file: string, content: string, mode: number): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await writeFile(beside, content, { mode, flag: 'w' });
    await rename(beside, file);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  }
}
