import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** Unit tests, beside what they test. What needs a DOM names its environment by living in src-renderer. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      {
        test: {
          name: 'host',
          environment: 'node',
          include: ['{src-main,src-shared,scripts,e2e,bench}/**/*.test.{ts,mjs}'],
        },
      },
      {
        plugins: [svelte(), svelteTesting()],
        test: { name: 'window', environment: 'happy-dom', include: ['src-renderer/**/*.test.ts'] },
      },
    ],
  },
});
