import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (pattern: string, exclude: (path: string) => boolean = () => false) =>
  globSync(pattern, { cwd: ROOT })
    .filter((path) => !exclude(path))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');

const isTest = (path: string) => /\.(test|spec)\.ts$|limits\.ts$/.test(path);
const names = [...read('src-shared/limits.ts').matchAll(/^export const ([A-Z\d_]+)/gm)].map(([, name = '']) => name);
const product = read('src-{shared,main,renderer}/**/*.{ts,svelte}', isTest);
const tests = read('{src-shared,src-main,src-renderer,e2e}/**/*.{test,spec}.ts');

it.each(names)('%s is enforced, and has a test', (name) => {
  const named = new RegExp(`\\b${name}\\b`);
  expect(product).toMatch(named);
  expect(tests).toMatch(named);
});
