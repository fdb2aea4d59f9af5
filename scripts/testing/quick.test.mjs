import { expect, it } from 'vitest';
import { checksFor } from './quick.mjs';
import { CHECKS } from './tools.mjs';

/** @param {string[]} files */
const titles = (files) => checksFor(files).map(({ title }) => title);

it('checks types even where nothing has changed', () => {
  expect(checksFor([])).toEqual([CHECKS.types]);
});

it('lints the files that changed and no others', () => {
  const files = ['src-main/a.ts', 'docs/b.md', 'docs/examples/c.ts'];
  const [format, lint, ...others] = checksFor(files);
  expect(format?.args.slice(-3)).toEqual(files);
  expect(lint?.args.filter((one) => /[.](ts|md)$/.test(one))).toEqual(['src-main/a.ts']);
  expect(others).toEqual([CHECKS.imports, CHECKS.types]);
});

it('looks at components where a component changed', () => {
  const all = titles(['src-renderer/App.svelte', 'src-renderer/app.svelte.ts']);
  expect(all).toEqual(expect.arrayContaining([CHECKS.lintSvelte.title, CHECKS.svelte.title]));
});
