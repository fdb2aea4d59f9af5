/**
 * How long everybody in a room goes without pictures when every media process of the host is killed.
 *
 *   npm run bench -- healing [--json] [--windows N] [--kills N] [--steps]
 *
 * A real host, real Chromium windows with their fake camera at 640×360, everything on this machine. Counted
 * from the kill until a window shows a frame of each other's new picture. `--steps` writes what each page went
 * through. Progress goes to standard error; with --json the last line of standard output is the result.
 */
import { parseArgs } from 'node:util';
import { type Page, chromium } from '@playwright/test';
import { bundle } from '../e2e/fixtures/bundle.ts';
import { CHROMIUM } from '../e2e/fixtures/chromium.ts';
import { Host } from '../e2e/fixtures/host.ts';
import { newWindow } from './window.ts';
import { summarize } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    windows: { type: 'string', default: '3' },
    kills: { type: 'string', default: '12' },
    steps: { type: 'boolean', default: false },
  },
});
const windows = Number(options.windows);
const kills = Number(options.kills);
/** A process that dies soon after it has replaced another is replaced after a longer pause: this long between kills, ms. */
const STEADY_MS = 10_500;

const browser = await chromium.launch(CHROMIUM);
const host = await Host.start();
try {
  const { url } = await host.createRoom();
  const script = await bundle(new URL('healing/watch.page.ts', import.meta.url));
  const pages: Page[] = [];
  for (let count = 1; count <= windows; count++) {
    const page = await newWindow(browser);
    await page.addInitScript(script);
    await page.goto(url);
    await page.locator('button[type=submit]:enabled').click();
    await page.waitForFunction((tiles: number) => document.querySelectorAll('[data-tile]').length >= tiles, count);
    pages.push(page);
  }
  await Promise.all(pages.map((page) => page.evaluate((others) => window.watch.until(others), windows - 1)));

  const last: number[] = [];
  const each: number[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    await new Promise((resolve) => setTimeout(resolve, STEADY_MS));
    await Promise.all(pages.map((page) => page.evaluate(() => window.watch.begin())));
    const killedAt = Date.now();
    await host.killMedia();
    const healed = await Promise.all(
      pages.map((page) => page.evaluate((others) => window.watch.until(others), windows - 1)),
    );
    const times = healed.map((at) => at - killedAt);
    each.push(...times);
    last.push(Math.max(...times));
    process.stderr.write(`\r${kill} of ${kills}: ${times.map(Math.round).join(', ')} ms   `);
    if (!options.steps) continue;
    for (const [index, page] of pages.entries()) {
      const steps = await page.evaluate(() => window.watch.steps);
      const line = steps.map(({ at, what }) => `${Math.round(at - killedAt)} ${what}`).join(', ');
      process.stderr.write(`\n  window ${index + 1}: ${line}\n`);
    }
  }
  const result = { unit: 'ms', windows, everyone: summarize(last), each: summarize(each) };
  console.log(`\nms from the kill, p50 / p95 of ${kills}, ${windows} windows`);
  console.log(`everyone sees everyone: ${result.everyone.p50} / ${result.everyone.p95}`);
  console.log(`one window sees everyone: ${result.each.p50} / ${result.each.p95}`);
  if (options.json) console.log(JSON.stringify(result));
} finally {
  await browser.close();
  await host.dispose();
}
