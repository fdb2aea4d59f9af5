import { defineConfig } from 'vite';

/** The host on the command line and the app's main process: Node's modules and installed packages stay outside. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  ssr: { external: ['electron'] },
  build: {
    ssr: true,
    outDir: 'dist/main',
    target: 'node24',
    sourcemap: true,
    rolldownOptions: { input: ['src-main/headless.ts', 'src-main/main.ts'] },
  },
});
