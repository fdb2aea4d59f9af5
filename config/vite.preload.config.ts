import { defineConfig } from 'vite';

/** The preload: one CommonJS file with everything in it, as a sandboxed preload must be. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: 'src-main/preload.ts',
    outDir: 'dist/preload',
    target: 'chrome140',
    minify: false,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
  },
});
