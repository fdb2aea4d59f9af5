import { spawnSync } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withLock } from './lock.mjs';

describe('withLock', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-lock-'));
    file = join(folder, 'work.lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('answers what the work answers, and is free again after it, failed or not', async () => {
    expect(await withLock(file, () => Promise.resolve(7))).toBe(7);
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(access(file)).rejects.toThrow();
  });

  it('lets one in at a time', async () => {
    const inside = { now: 0, most: 0 };
    const work = async () => {
      inside.most = Math.max(inside.most, ++inside.now);
      await new Promise((resolve) => setImmediate(resolve));
      inside.now--;
    };
    const waited = vi.fn();
    await Promise.all([withLock(file, work, waited), withLock(file, work, waited), withLock(file, work, waited)]);
    expect(inside).toEqual({ now: 0, most: 1 });
    expect(waited).toHaveBeenCalledWith(process.pid);
  });

  it('takes over from a process that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(file, String(pid));
    expect(await withLock(file, () => Promise.resolve('in'))).toBe('in');
  });
});
