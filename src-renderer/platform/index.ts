import { Browser } from './browser.ts';
import type { Platform } from './platform.ts';

export type { DisplayOptions, Platform } from './platform.ts';

/** Where this page runs. */
export const platform: Platform = new Browser();
