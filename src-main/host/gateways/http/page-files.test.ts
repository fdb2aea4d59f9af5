import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PageFiles } from './page-files.ts';

it('reads a file again that could not be read once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'parley-page-'));
  const path = join(root, 'icon.svg');
  await writeFile(path, '<svg/>');
  const files = new PageFiles(root);
  await rename(path, `${path}.away`);
  await expect(files.find('/icon.svg')).rejects.toMatchObject({ code: 'ENOENT' });
  await rename(`${path}.away`, path);
  expect((await files.find('/icon.svg'))?.content.toString()).toBe('<svg/>');
  await rm(root, { recursive: true });
});
