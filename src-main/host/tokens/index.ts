/** What signs invites: a secret made at first start and kept in the data folder. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeWhole } from '../files.ts';
import { HostError, folderUnusable, systemCode } from '../host-error.ts';
import type { Tokens } from '../meeting/ports.ts';
import { createTokens } from './tokens.ts';

export { createTokens } from './tokens.ts';

const FILE = 'invite-secret';
const SECRET_BYTES = 32;

/** @throws {HostError} DATA_FOLDER_UNUSABLE, KEY_DAMAGED */
export async function loadTokens({ folder }: { folder: string }): Promise<Tokens> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return createTokens(await loadSecret(join(folder, FILE)));
  } catch (error) {
    if (error instanceof HostError || systemCode(error) === undefined) throw error;
    throw folderUnusable(folder, 'secret', error);
  }
}

async function loadSecret(file: string): Promise<Uint8Array> {
  const kept = await readIfThere(file);
  if (kept === null) {
    const made = randomBytes(SECRET_BYTES);
    await writeWhole(file, `${made.toString('base64url')}\n`, 0o600);
    return made;
  }
  // Copied or restored with looser rights, it is put right again.
  await chmod(file, 0o600);
  const secret = Buffer.from(kept.trim(), 'base64url');
  if (secret.length === SECRET_BYTES) return secret;
  throw new HostError(
    'KEY_DAMAGED',
    `${file} does not hold the secret that invites are signed with. Restore it from a copy, or delete it: ` +
      'Parley then makes a new one, and invites sent before no longer work.',
  );
}
