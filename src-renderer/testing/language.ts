/** Before every test of the page: its language is loaded, as the page's entry does. */
import { setLanguage } from '../i18n/index.svelte.ts';

await setLanguage('en');
