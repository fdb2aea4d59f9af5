import type { Plugin } from 'vite';
import { compileMessages, readMessages } from './compile.ts';

const LANGUAGE_FILE = /\/src-shared\/i18n\/[a-z-]+\.json$/;
const PARSER = '@formatjs/icu-messageformat-parser';

/** Compiles the languages in the build, and leaves the parser of messages out of what is built. */
export function messages(): Plugin {
  return {
    name: 'parley-messages',
    enforce: 'pre',
    transform: {
      filter: { id: LANGUAGE_FILE },
      handler(code) {
        return { code: JSON.stringify(compileMessages(readMessages(code))), map: null };
      },
    },
    resolveId: {
      filter: { id: new RegExp(`^${PARSER}$`) },
      handler(_, importer) {
        if (!importer?.includes('/intl-messageformat/')) return null;
        return this.resolve(`${PARSER}/no-parser.js`, importer);
      },
    },
  };
}
