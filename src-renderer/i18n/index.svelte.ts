/** The language of the page: one JSON file each, loaded when it is needed. Components read `t()` and follow it. */
import { IntlMessageFormat } from 'intl-messageformat';
import type { CompiledMessages } from './build/compile.ts';
import type { Catalog } from './catalog.ts';

export type { Catalog } from './catalog.ts';
export * from './format.ts';

/** What happened, and why or what to do. */
export interface Explained {
  title: string;
  cause: string;
}

const DEFAULT_LANGUAGE = 'en';

const FOLDER = '../../src-shared/i18n/';
const loaders = new Map(
  Object.entries(import.meta.glob<CompiledMessages>('../../src-shared/i18n/*.json', { import: 'default' })).map(
    ([path, load]) => [path.slice(FOLDER.length, -'.json'.length), load],
  ),
);

interface Current {
  /** BCP 47 tag for `Intl`. */
  locale: string;
  catalog: Catalog;
}
let current = $state.raw<Current>();
/** Counts the calls of `setLanguage`, so that only the last one has an effect. */
let calls = 0;

/** The languages there are, each with its own name for itself. */
export function languages(): { code: string; name: string }[] {
  return [...loaders.keys()].map((code) => {
    const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
    return { code, name: name.charAt(0).toLocaleUpperCase(code) + name.slice(1) };
  });
}

/** The first of the person's languages that there is; the default one when there is none. */
function systemLocale(): string {
  return navigator.languages.find((locale) => loaders.has(languageOf(locale))) ?? DEFAULT_LANGUAGE;
}

const languageOf = (locale: string) => locale.split('-')[0] ?? '';

/**
 * Loads a language and shows the page in it. Resolves once `t()` answers in it; rejects when its file cannot
 * be loaded, and then the language stays as it was.
 *
 * @param choice a language of `languages()`; anything else, such as `system`, means that of the browser
 */
export async function setLanguage(choice: string): Promise<void> {
  const locale = loaders.has(choice) ? choice : systemLocale();
  const call = (calls += 1);
  const load = loaders.get(languageOf(locale));
  if (!load || locale === current?.locale) return;
  const messages = await load();
  if (call === calls) current = { locale, catalog: bind(messages, locale) };
}

/** The messages of the language in use. Throws before the first `setLanguage` has resolved. */
export function t(): Catalog {
  if (!current) throw new Error('No language is loaded: await setLanguage() first.');
  return current.catalog;
}

/** The BCP 47 tag for `Intl` and `<html lang>`. */
export function locale(): string {
  return current?.locale ?? DEFAULT_LANGUAGE;
}

type Message = string | ((values: Record<string, string | number | Date>) => string);
interface Bound {
  [key: string]: Message | Bound;
}

/** Makes a function of every message with arguments. That all languages have this shape, catalog.test.ts checks. */
function bind(messages: CompiledMessages, locale: string): Catalog {
  return bindGroup(messages, locale) as unknown as Catalog;
}

function bindGroup(messages: CompiledMessages, locale: string): Bound {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]): [string, Message | Bound] => {
      if (typeof message === 'string') return [key, message];
      if (!Array.isArray(message)) return [key, bindGroup(message, locale)];
      let format: IntlMessageFormat | undefined;
      return [key, (values) => String((format ??= new IntlMessageFormat(message, locale)).format(values))];
    }),
  );
}
