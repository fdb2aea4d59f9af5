import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Svelte's own files. Everything else is linted by oxlint: .oxlintrc.json, with the same rules in a tenth of the time. */
const SVELTE = ['**/*.svelte', '**/*.svelte.ts'];

export default ts.config(
  { ignores: ['docs', 'dist', 'node_modules', 'test-results', 'playwright-report'] },
  // An editor may ask about files that are oxlint's.
  { files: ['**/*.{ts,js,mjs,cjs}'], languageOptions: { parser: ts.parser } },
  {
    files: SVELTE,
    extends: [...ts.configs.strictTypeChecked, ...svelte.configs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        parser: ts.parser,
        extraFileExtensions: ['.svelte'],
        svelteConfig,
      },
    },
    rules: {
      // Numbers in sentences and void-returning arrows read well as they are.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      // A component's props are taken apart in one line; some of them are bound.
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    // View models say of each field whether it is reactive; most of their bookkeeping is not.
    files: ['src-renderer/client/**/*.svelte.ts'],
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
);
