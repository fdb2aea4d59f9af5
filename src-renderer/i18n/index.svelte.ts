/** The language of the window. Components read `t()` and follow when the language changes. */
import { en, type Catalog } from './en.ts';
import { es } from './es.ts';

export type { Catalog } from './en.ts';
export type { Explained } from './explained.ts';
export * from './format.ts';

const catalogs = { en, es };
export type Language = keyof typeof catalogs;

const isLanguage = (code: string): code is Language => code in catalogs;

/** The first of the person's languages that Parley speaks; English when it speaks none. */
function systemLocale(): { language: Language; locale: string } {
  for (const locale of navigator.languages) {
    const [code = ''] = locale.split('-');
    if (isLanguage(code)) return { language: code, locale };
  }
  return { language: 'en', locale: 'en' };
}

let chosen = $state<Language | 'system'>('system');
const current = $derived(chosen === 'system' ? systemLocale() : { language: chosen, locale: chosen });

export function setLanguage(language: Language | 'system'): void {
  chosen = language;
}

/** The sentences of the language in use. */
export function t(): Catalog {
  return catalogs[current.language];
}

/** The BCP 47 tag for `Intl` and `<html lang>`. */
export function locale(): string {
  return current.locale;
}
