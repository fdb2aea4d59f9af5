// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { executableIn, provideElectron, watchGrowth } from './electron-runtime.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each(
  /** @type {const} */ ([
    ['linux', 'electron'],
    ['win32', 'electron.exe'],
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
  ]),
)('finds the executable of %s', (platform, name) => {
  expect(executableIn(folder, platform)).toBeNull();
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  expect(executableIn(folder, platform)).toBe(path);
});

it('takes the folder somebody names, and fetches nothing when there is none in it', async () => {
  const env = { ELECTRON_OVERRIDE_DIST_PATH: folder };
  const node = join(folder, 'no-node');
  expect(await provideElectron({ node, report: () => {}, env })).toBeNull();
});

it('gives up when nothing arrives any more', async () => {
  writeFileSync(join(folder, 'part'), 'x'.repeat(1000));
  /** @type {number[]} */
  const seen = [];
  await new Promise((resolve) => {
    watchGrowth([folder, join(folder, 'missing')], {
      onGrowth: (bytes) => seen.push(bytes),
      onEnd: () => resolve(null),
      silenceMs: 50,
    });
  });
  expect(seen).toEqual([1000]);
});
