/**
 * Sends the app's own origin to hosts. Chromium knows the page as `https://parley.app.localhost`; an
 * extension made for it writes `app://parley` into the `Origin` of its requests and sockets, as
 * Electron sends it, and takes a host's permission for `app://parley` as one for the page.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from './chromium.ts';
import type { Target } from './connection.ts';

const WORKER = 'worker.js';

const MANIFEST = {
  manifest_version: 3,
  name: 'The origin of the app',
  version: '1',
  permissions: ['declarativeNetRequest'],
  host_permissions: ['<all_urls>'],
  // Rules from a file take effect later, at an unknown time.
  background: { service_worker: WORKER },
};

const known = new Map<string, Promise<void>>();

/**
 * Resolves when the rules apply to all later requests.
 *
 * @param app such as `app://parley`
 * @param web the same as Chromium knows it
 */
export function announceOrigin(app: string, web: string): Promise<void> {
  const announced = known.get(web) ?? announce(app, web);
  known.set(web, announced);
  return announced;
}

async function announce(app: string, web: string): Promise<void> {
  const folder = mkdtempSync(join(chromium.profile, 'app-origin-'));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, WORKER), workerFor(rulesFor(app, web)));
  await saysSo(await load(folder));
}

/** Loads the extension of a folder. Resolves to its worker. */
async function load(folder: string): Promise<Target> {
  const { promise: started, resolve } = Promise.withResolvers<string>();
  chromium.browser.on('Target.targetCreated', ({ targetInfo: { targetId, type, url } }) => {
    if (type === 'service_worker' && url.endsWith(`/${WORKER}`)) resolve(targetId);
  });
  await chromium.browser.send('Extensions.loadUnpacked', { path: folder, enableInIncognito: true });
  const targetId = await started;
  const { sessionId } = await chromium.browser.send('Target.attachToTarget', { targetId, flatten: true });
  return chromium.connection.target(sessionId);
}

/** Sets the rules, and writes the result to the console. */
function workerFor(rules: object[]): string {
  const addRules = JSON.stringify(rules);
  return `chrome.declarativeNetRequest.updateSessionRules({ addRules: ${addRules} }).then(console.log, console.error);`;
}

/** Chromium sends earlier console messages again to a new listener. */
function saysSo(worker: Target): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'log') resolve();
      else reject(new Error(`hosts cannot be shown the app's origin: ${args[0]?.description ?? ''}`));
    });
    worker.send('Runtime.enable').catch(reject);
  });
}

function rulesFor(app: string, web: string): object[] {
  const header = 'access-control-allow-origin';
  const here = { initiatorDomains: [new URL(web).hostname], resourceTypes: ['xmlhttprequest', 'websocket', 'other'] };
  return [
    {
      id: 1,
      condition: here,
      action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'set', value: app }] },
    },
    {
      id: 2,
      condition: { ...here, responseHeaders: [{ header, values: [app] }] },
      action: { type: 'modifyHeaders', responseHeaders: [{ header, operation: 'set', value: web }] },
    },
  ];
}
