import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { messages } from '../../src-renderer/i18n/build/plugin.ts';

/** The gallery of screens; never part of a release. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: '../../svelte.config.js' }), messages()],
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
