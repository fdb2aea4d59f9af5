import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import unitTests from './vitest.config.ts';

/** A limit and what to add to it or multiply it by, such as `MAX_CHAT_LENGTH + 1`. */
const [name = '', ...change] = (process.env['PARLEY_MOVED_LIMIT'] ?? '').split(' ');

/** Where the product uses the limits: not in tests, and not where they are defined. */
const PRODUCT = /\/src-(main|shared|renderer)\/(?!.*(\.test\.ts$|testing|limits\.ts$))/;
/** An import with its names, which stay, or a use of the limit, which moves. */
const IMPORT_OR_USE = new RegExp(`import (?:type )?\\{[^}]*\\}|(?<![\\w.$])${name}\\b`, 'g');

/** Moves the limit where the product uses it. */
const moveLimit: Plugin = {
  name: 'parley-move-limit',
  enforce: 'pre',
  transform: {
    filter: { id: PRODUCT },
    handler: (code) =>
      code.replace(IMPORT_OR_USE, (match) => (match === name ? `(${name} ${change.join(' ')})` : match)),
  },
};

/** The unit tests with one limit moved: `npm run limits`. The cache does not know about the plugin. */
export default defineConfig({
  ...unitTests,
  test: {
    ...unitTests.test,
    fsModuleCache: false,
    projects: unitTests.test?.projects?.map((project) =>
      typeof project === 'object' && 'test' in project
        ? { ...project, plugins: [moveLimit, project.plugins ?? []] }
        : project,
    ),
  },
});
