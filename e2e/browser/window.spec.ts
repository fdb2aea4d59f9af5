import { chromium, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { appWindowArgs } from '../../scripts/browser/app-window.mjs';
import { CHROMIUM } from '../fixtures/chromium.ts';
import { expect, test } from '../fixtures/test.ts';

const Targets = v.array(v.object({ type: v.string(), title: v.string() }));

/** The titles of the pages a browser shows now. */
async function titlesOf(devtools: string): Promise<string[]> {
  const response = await fetch(`${devtools}/json/list`);
  const targets = v.parse(Targets, await response.json());
  return targets.filter(({ type }) => type === 'page').map(({ title }) => title);
}

/** Opens the window `npm start` opens, unseen, and looks into it. */
async function lookInto(window: { url: string; fingerprint: string }, look: (page: Page) => Promise<void>) {
  const profile = await mkdtemp(join(tmpdir(), 'parley-window-'));
  const args = appWindowArgs({ ...window, profile, root: true });
  const browser = spawn(CHROMIUM.executablePath, [...args, '--headless', '--remote-debugging-port=0'], {
    stdio: 'ignore',
  });
  const exit = once(browser, 'exit');
  try {
    const portOf = async () => {
      const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
      return text.split('\n')[0] ?? '';
    };
    await expect.poll(portOf, { message: 'the browser is up' }).toBeTruthy();
    const devtools = `http://127.0.0.1:${await portOf()}`;
    // Whoever attaches while the window still changes processes may wait for ever.
    await expect
      .poll(() => titlesOf(devtools), { message: 'the window has a page' })
      .toEqual([expect.stringMatching(/./)]);
    const connection = await chromium.connectOverCDP(devtools);
    const page = connection.contexts()[0]?.pages()[0];
    if (!page) throw new Error('the browser shows no page');
    await look(page);
    await connection.close();
  } finally {
    browser.kill();
    await exit;
    // Its processes may still be writing there.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

test('the app window trusts the host, and may open a camera there', async ({ host }) => {
  await lookInto(host, async (page) => {
    await expect(page.getByRole('button', { name: /^Host a meeting/ })).toBeVisible();
    expect(await page.evaluate(() => isSecureContext && 'mediaDevices' in navigator)).toBe(true);
  });
});

test('the app window trusts no other certificate', async ({ host }) => {
  await lookInto({ url: host.url, fingerprint: 'A'.repeat(43) }, async (page) => {
    await expect(page.getByText('ERR_CERT_AUTHORITY_INVALID')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Host a meeting/ })).toHaveCount(0);
  });
});
