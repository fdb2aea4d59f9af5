import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './builds.mjs';

describe('fingerprint', () => {
  let root = '';
  const inputs = ['src', 'package.json'];
  const of = () => fingerprint(inputs, root);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'parley-builds-'));
    await mkdir(join(root, 'src', 'deep'), { recursive: true });
    await writeFile(join(root, 'src', 'deep', 'a.ts'), 'a');
    await writeFile(join(root, 'package.json'), '{}');
  });
  afterEach(() => rm(root, { recursive: true }));

  it('stays the same for the same content', async () => {
    const before = await of();
    await writeFile(join(root, 'src', 'deep', 'a.ts'), 'a');
    expect(await of()).toBe(before);
  });

  it('changes with content, with names and with what is there', async () => {
    const seen = [await of()];
    await writeFile(join(root, 'src', 'deep', 'a.ts'), 'b');
    seen.push(await of());
    await writeFile(join(root, 'src', 'b.ts'), '');
    seen.push(await of());
    await rm(join(root, 'package.json'));
    seen.push(await of());
    expect(new Set(seen).size).toBe(4);
  });

  it('leaves tests and what is not asked for out', async () => {
    const before = await of();
    await writeFile(join(root, 'src', 'a.test.ts'), 'test');
    await writeFile(join(root, 'README.md'), 'text');
    expect(await of()).toBe(before);
  });
});
