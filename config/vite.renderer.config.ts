import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The window: hashed files only, nothing inline, as the page's Content-Security-Policy asks. */
export default defineConfig({
  root: new URL('../src-renderer', import.meta.url).pathname,
  plugins: [svelte({ configFile: '../svelte.config.js' })],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
