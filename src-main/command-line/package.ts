import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

const Manifest = v.object({ version: v.string() });

/** Parley's own package, whether its source runs or its build. */
export async function ownPackage(): Promise<{ version: string; pageRoot: string }> {
  const manifest = findPackageJSON(import.meta.url);
  if (!manifest) throw new Error('Parley’s package.json is missing');
  const { version } = v.parse(Manifest, JSON.parse(await readFile(manifest, 'utf8')));
  return { version, pageRoot: join(dirname(manifest), 'dist', 'renderer') };
}
