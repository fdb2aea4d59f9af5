import { defineConfig } from 'vite';

/** The preloads: each one CommonJS file with everything in it, as a sandboxed preload must be. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    outDir: 'dist/preload',
    target: 'chrome140',
    minify: false,
    rolldownOptions: {
      input: ['src-main/preload.ts', 'src-main/preload-picker.ts'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
});
