// @ts-check
import { join } from 'node:path';
import { installed, WORKPLACE } from '../setup/paths.mjs';

/** The programs that check and test, as the files Node runs. */
export const TOOL = {
  prettier: installed('prettier', 'bin', 'prettier.cjs'),
  oxlint: installed('oxlint', 'bin', 'oxlint'),
  eslint: installed('eslint', 'bin', 'eslint.js'),
  depcruise: installed('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
  tsc: installed('typescript', 'bin', 'tsc'),
  svelteCheck: installed('svelte-check', 'bin', 'svelte-check'),
  vitest: installed('vitest', 'vitest.mjs'),
  playwright: installed('@playwright/test', 'cli.js'),
};

/** Files whose content has not changed are not looked at again. */
export const PRETTIER_CACHE = [
  '--cache',
  '--cache-strategy=content',
  `--cache-location=${join(WORKPLACE, 'prettier')}`,
];

/** @typedef {{ title: string, args: string[] }} Check */

/** What looks at the sources; each counts as one test. @type {Record<'format' | 'lint' | 'lintSvelte' | 'imports' | 'types' | 'svelte', Check>} */
export const CHECKS = {
  format: {
    title: 'Checking the format',
    args: [TOOL.prettier, '--check', '--log-level=warn', ...PRETTIER_CACHE, '.'],
  },
  lint: { title: 'Linting', args: [TOOL.oxlint, '--deny-warnings', '--report-unused-disable-directives'] },
  lintSvelte: {
    title: "Linting Svelte's files",
    args: [TOOL.eslint, '--max-warnings=0', '**/*.svelte', '**/*.svelte.ts'],
  },
  imports: {
    title: 'Checking which way imports go',
    args: [
      TOOL.depcruise,
      '--config',
      'config/dependency-cruiser.cjs',
      'src-main',
      'src-shared',
      'src-renderer',
      'e2e',
      'bench',
    ],
  },
  types: { title: 'Checking types', args: [TOOL.tsc, '--build'] },
  svelte: {
    title: 'Checking components',
    args: [TOOL.svelteCheck, '--tsconfig', 'src-renderer/tsconfig.json', '--fail-on-warnings'],
  },
};
