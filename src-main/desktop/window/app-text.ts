/// <reference types="vite/types/importMeta.d.ts" />
/** The text that the app itself shows, outside its page: the group `app` in the files of the languages. */
import { IntlMessageFormat } from 'intl-messageformat';

type Texts = Record<
  'viewMenu' | 'endDetail' | 'endAndQuit' | 'leaveFor' | 'leaveDetail' | 'leave' | 'stay' | 'startFailed' | 'noSandbox',
  string
>;
export type AppText = Texts & { endFor: (guests: number) => string };
/** As the build compiles them: text, or the syntax tree of a message with arguments. */
type Messages = Texts & { endFor: ConstructorParameters<typeof IntlMessageFormat>[0] };

const FOLDER = '../../../src-shared/i18n';
const languages = import.meta.glob<Messages>('../../../src-shared/i18n/*.json', { eager: true, import: 'app' });

/**
 * The text in the language of a locale, or in English.
 *
 * @param locale of the system, such as `es-MX`
 */
export function appText(locale: string): AppText {
  const [language = ''] = locale.toLowerCase().split('-');
  const code = `${FOLDER}/${language}.json` in languages ? language : 'en';
  const messages = languages[`${FOLDER}/${code}.json`];
  if (!messages) throw new Error('The build has left the languages out');
  const endFor = new IntlMessageFormat(messages.endFor, code);
  return { ...messages, endFor: (guests) => String(endFor.format({ guests })) };
}
