/** What the tests of the network share. */
import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { CertificateFiles } from './certificate-files.ts';
import { makeKey, selfSign } from './self-signed.ts';

/** Writes a certificate with a new key, as another program would issue it. @param options.now epoch ms */
export async function issueCertificate(
  files: CertificateFiles,
  options: { names: readonly string[]; now: number },
): Promise<void> {
  const key = await makeKey();
  await writeFile(files.key, key);
  await writeFile(files.cert, await selfSign({ key: createPrivateKey(key), ...options }));
}
