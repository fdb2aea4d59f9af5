/** What an app's package.json says of it, where Electron looks: beside the entry, or in the folder started. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const Manifest = v.object({
  name: v.string(),
  productName: v.optional(v.string()),
  version: v.string(),
});

/** @param entry `process.argv[1]`: a file, or a folder with a package.json */
export function readManifest(entry: string): { name: string; version: string } {
  // A file without a package is Electron itself, as far as names go.
  if (!statSync(entry).isDirectory()) return { name: 'Electron', version: process.versions.node };
  const text = readFileSync(join(entry, 'package.json'), 'utf8');
  const { name, productName = name, version } = v.parse(Manifest, JSON.parse(text));
  return { name: productName, version };
}
