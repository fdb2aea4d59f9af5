import type { Preferences as Remembered } from '../client/index.ts';

/** What the person prefers, kept on this device. */
export type Preferences = Pick<Remembered, 'name' | 'theme' | 'language'>;
