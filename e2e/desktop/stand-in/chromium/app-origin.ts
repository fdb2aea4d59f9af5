/**
 * Lets hosts see the app's own origin. Chromium knows the page as `https://parley.app.localhost`; an
 * extension made for it writes `app://parley` into the `Origin` of its requests and sockets, as
 * Electron sends it, and takes a host's permission for `app://parley` as one for the page.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from './chromium.ts';

const known = new Map<string, Promise<void>>();

/**
 * @param app such as `app://parley`
 * @param web the same as Chromium knows it
 */
export function announceOrigin(app: string, web: string): Promise<void> {
  const announced = known.get(web) ?? install(app, web);
  known.set(web, announced);
  return announced;
}

async function install(app: string, web: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'electron-stand-in-origin-'));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules(app, web)));
    await chromium.browser.send('Extensions.loadUnpacked', { path: folder, enableInIncognito: true });
  } finally {
    // Chromium may still be putting its index of the rules there.
    rmSync(folder, { recursive: true, maxRetries: 10 });
  }
}

const MANIFEST = {
  manifest_version: 3,
  name: 'The origin of the app',
  version: '1',
  permissions: ['declarativeNetRequest'],
  host_permissions: ['<all_urls>'],
  declarative_net_request: { rule_resources: [{ id: 'rules', enabled: true, path: 'rules.json' }] },
};

function rules(app: string, web: string): object[] {
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
