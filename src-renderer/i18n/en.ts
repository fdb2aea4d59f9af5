/** Every sentence of the window, in English. Its shape is the contract for the other languages. */
import { desk } from './en/desk.ts';
import { entry } from './en/entry.ts';
import { meeting } from './en/meeting.ts';
import { trouble } from './en/trouble.ts';

export const en = { ...desk, ...entry, ...meeting, ...trouble };

export type Catalog = typeof en;
