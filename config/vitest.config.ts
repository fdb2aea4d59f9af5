import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { messages } from '../src-renderer/i18n/build/plugin.ts';

/**
 * Unit tests, beside what they test. What lives in src-renderer has a DOM, and a browser's packages; but for
 * what speaks to a real server (`*.node.test.ts`), which needs Node's.
 */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      {
        plugins: [messages()],
        test: {
          name: 'host',
          environment: 'node',
          include: ['{src-main,src-shared,scripts,e2e,bench}/**/*.test.{ts,mjs}', 'src-renderer/**/*.node.test.ts'],
          exclude: ['e2e/stored-data/page.test.ts', 'e2e/client/**'],
        },
      },
      {
        plugins: [svelte()],
        test: {
          name: 'client',
          environment: 'node',
          include: ['e2e/client/**/*.test.ts'],
          setupFiles: ['e2e/client/page.ts'],
        },
      },
      {
        plugins: [svelte(), svelteTesting(), messages()],
        test: {
          name: 'window',
          environment: 'happy-dom',
          setupFiles: 'src-renderer/testing/language.ts',
          include: ['src-renderer/**/*.test.ts', 'e2e/stored-data/page.test.ts'],
          exclude: ['**/*.node.test.ts'],
        },
      },
    ],
  },
});
