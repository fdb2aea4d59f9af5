/** Every sentence of the window, in Spanish. */
import type { Catalog } from './en.ts';
import { entry } from './es/entry.ts';
import { meeting } from './es/meeting.ts';
import { trouble } from './es/trouble.ts';

export const es: Catalog = { ...entry, ...meeting, ...trouble };
