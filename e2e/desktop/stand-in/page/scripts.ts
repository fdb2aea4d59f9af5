/** What every document of a window begins with, as Chromium is given it. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Target } from '../chromium/connection.ts';
import { createBridge } from './bridge.ts';
import { mainWorld } from './main-world.ts';
import { preloadWorld } from './preload-world.ts';
import { createWire } from './wire.ts';

export const PRELOAD_WORLD = 'preload';
/** See preload-world.ts. */
export const CALL_BINDING = 'standInCall';

/** @param preload path of the window's preload, one CommonJS file */
export async function installScripts(target: Target, preload: string | undefined): Promise<void> {
  const key = JSON.stringify(randomUUID());
  const body = preload === undefined ? '' : readFileSync(preload, 'utf8');
  const named = preload === undefined ? '' : `\n//# sourceURL=${pathToFileURL(preload).href}`;
  const parts = `{ key: ${key}, createBridge: ${String(createBridge)}, createWire: ${String(createWire)} }`;
  await Promise.all([
    target.send('Runtime.addBinding', { name: CALL_BINDING, executionContextName: PRELOAD_WORLD }),
    target.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(mainWorld)})(${key}, ${String(createBridge)})`,
    }),
    target.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: PRELOAD_WORLD,
      source: `(${String(preloadWorld)})(${parts}, function (require, module, exports) {${body}\n})${named}`,
    }),
  ]);
}
