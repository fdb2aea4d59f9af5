/** Every sentence of the window, in Spanish. */
import type { Catalog } from './en.ts';
import { desk } from './es/desk.ts';
import { entry } from './es/entry.ts';
import { meeting } from './es/meeting.ts';
import { trouble } from './es/trouble.ts';

export const es: Catalog = { ...desk, ...entry, ...meeting, ...trouble };
