import { App } from './app.ts';
import { Browser } from './browser.ts';
import type { Platform } from './platform.ts';

export type { Desktop } from './desktop.svelte.ts';
export type { DisplayOptions, PickedDisplay } from './display.ts';
export type { Platform, KeyValueStorage } from './platform.ts';

/** Where this page runs. */
export const platform: Platform = window.parley ? await App.open(window.parley) : new Browser();
