import { access, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isInUse } from '../../host/store/open.ts';
import { type Finding, messageOf, note, ok, problem } from './finding.ts';

/** Whether a host can keep its data in `folder`, and whether one is using it now. Changes nothing. */
export async function checkDataFolder(folder: string): Promise<{ finding: Finding; hosting: boolean }> {
  const finding = await writable(folder);
  if (finding.level === 'problem') return { finding, hosting: false };
  try {
    if (!isInUse(folder)) return { finding, hosting: false };
  } catch (error) {
    return { finding: problem(`The database in ${folder} cannot be read (${messageOf(error)}).`), hosting: false };
  }
  const running = `A Parley host is running with the data folder ${folder}. A second one cannot use it at the same time.`;
  return { finding: note(running), hosting: true };
}

async function writable(folder: string): Promise<Finding> {
  const existing = await firstExisting(folder);
  try {
    if (!(await stat(existing)).isDirectory())
      return problem(`${existing} is a file: the data folder ${folder} cannot be there.`);
    // As root or on a read-only file system only trying shows it.
    await rmdir(await mkdtemp(join(existing, '.parley-check-')));
  } catch (error) {
    return problem(
      `The data folder ${folder} cannot be written (${messageOf(error)}). Make it writable for this user, or choose another.`,
    );
  }
  return ok(
    existing === folder ? `The data folder ${folder} can be written.` : `The data folder ${folder} will be made.`,
  );
}

/** The folder itself, or the nearest one above it that exists. */
async function firstExisting(path: string): Promise<string> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : firstExisting(dirname(path));
}
