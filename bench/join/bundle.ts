import { build } from 'vite';

/** A page script of this folder with what it imports, as one classic script for Playwright to run in a page. */
export async function bundle(file: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry: new URL(file, import.meta.url).pathname, formats: ['iife'], name: 'bench' },
    },
  });
  const [built] = Array.isArray(result) ? result : [];
  if (!built) throw new TypeError(`nothing was built from ${file}`);
  return built.output[0].code;
}
