import { defineConfig } from 'vite';
import { messages } from '../src-renderer/i18n/build/plugin.ts';

/**
 * The host on the command line and the app's main process. Node's modules and installed packages stay outside,
 * but for what formats messages: the page needs it too, and it is built in there.
 */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [messages()],
  ssr: { external: ['electron'], noExternal: ['intl-messageformat', /^@formatjs\//] },
  build: {
    ssr: true,
    outDir: 'dist/main',
    target: 'node24',
    sourcemap: true,
    rolldownOptions: { input: ['src-main/headless.ts', 'src-main/main.ts'] },
  },
});
