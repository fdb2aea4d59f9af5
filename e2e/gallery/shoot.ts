/**
 * Takes a picture of every screen, under the policy the host serves it with:
 * `node e2e/gallery/shoot.ts [folder] [scene...]` with Node 22.18 or later, which runs TypeScript files, in the language of `PARLEY_LOCALE`. Prints what the browser and axe complain about.
 */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { SECURITY_HEADERS } from '../../src-main/host/gateways/security-headers.ts';

const [folder = join(tmpdir(), 'parley-gallery'), ...wanted] = process.argv.slice(2);
const SIZES = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
] as const;
const THEMES = ['light', 'dark'] as const;

/** A meeting is dark in both themes: once is enough. */
const dual = (scene: string) => /^(home|prejoin|waiting|ended|desk)/.test(scene);

async function press(page: Page, steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    if (step.startsWith('key:')) await page.keyboard.press(step.slice(4));
    else if (step.startsWith('text:')) await page.getByRole('button', { name: step.slice(5) }).click();
    else {
      const named = page.locator(`button[aria-label="${step}"], [role^="menuitem"]:has-text("${step}")`);
      const control = named.filter({ visible: true });
      // A phone keeps some of them elsewhere.
      if ((await control.count()) > 0) await control.first().click();
    }
  }
}

async function shoot(browser: Browser, url: string, scene: string): Promise<void> {
  for (const size of SIZES)
    for (const theme of THEMES) {
      if (theme === 'light' && !dual(scene)) continue;
      const context = await browser.newContext({
        viewport: { width: size.width, height: size.height },
        colorScheme: theme,
        locale: process.env['PARLEY_LOCALE'] ?? 'en-GB',
        hasTouch: size.name === 'phone',
        isMobile: size.name === 'phone',
      });
      const page = await context.newPage();
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) console.log(`${scene} ${size.name}: ${message.text()}`);
      });
      page.on('pageerror', (error) => console.log(`${scene} ${size.name}: ${error.message}`));
      await page.goto(`${url}?scene=${scene}`);
      await page.waitForFunction(() =>
        [...document.querySelectorAll('video')].every((video) => video.videoWidth > 0 || !video.srcObject),
      );
      const steps = (await page.evaluate(() => document.body.dataset['press'])) ?? '';
      await press(
        page,
        steps.split('\n').filter((step) => step !== ''),
      );
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations)
        console.log(`${scene} ${size.name} ${theme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      await page.screenshot({ path: join(folder, `${scene}-${size.name}-${theme}.png`) });
      await context.close();
    }
}

await mkdir(folder, { recursive: true });
const outDir = join(folder, 'site');
const configFile = join(import.meta.dirname, 'vite.config.ts');
await build({ configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
const server = await preview({
  configFile,
  build: { outDir },
  preview: {
    port: 0,
    host: '127.0.0.1',
    headers: { 'Content-Security-Policy': SECURITY_HEADERS['Content-Security-Policy'] ?? '' },
  },
});
const browser = await chromium.launch({
  executablePath: process.env['PARLEY_BROWSER'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
});
try {
  const url = server.resolvedUrls?.local[0] ?? '';
  const page = await browser.newPage();
  await page.goto(url);
  const scenes = await page.getByRole('link').allTextContents();
  await page.close();
  for (const scene of scenes)
    if (wanted.length === 0 || wanted.some((name) => scene.startsWith(name))) await shoot(browser, url, scene);
} finally {
  await browser.close();
  await server.close();
}
