import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { messages } from '../src-renderer/i18n/build/plugin.ts';

/** The window: hashed files only, nothing inline, as the page's Content-Security-Policy asks. */
export default defineConfig({
  root: new URL('../src-renderer', import.meta.url).pathname,
  plugins: [svelte({ configFile: '../svelte.config.js' }), messages()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
