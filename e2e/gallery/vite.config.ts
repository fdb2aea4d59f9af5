import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The gallery of screens; never part of a release. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: '../../svelte.config.js' })],
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
