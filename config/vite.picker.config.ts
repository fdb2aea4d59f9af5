import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { messages } from '../src-renderer/i18n/build/plugin.ts';

/** The page of the app's screen picker: apart from the meeting's page, which has no part of it. */
export default defineConfig({
  root: new URL('../src-renderer/picker', import.meta.url).pathname,
  plugins: [svelte({ configFile: '../../svelte.config.js' }), messages()],
  build: {
    outDir: '../../dist/picker',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
