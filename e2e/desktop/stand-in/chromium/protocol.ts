/** Chromium's DevTools protocol as Playwright describes it; its package exports no path to these types. */
export type { Protocol } from '../../../../node_modules/playwright-core/types/protocol.d.ts';
