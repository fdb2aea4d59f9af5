import type { Browser, Page } from '@playwright/test';

/** A window of its own with a small camera, before a blank page. Whoever joins from it is called Grace. */
export async function newWindow(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    permissions: ['camera', 'microphone'],
    locale: 'en-GB',
    // Drawn in software, every pixel takes time that a graphics card would not: as large as the pictures sent.
    viewport: { width: 640, height: 400 },
  });
  await context.addInitScript(() => {
    localStorage.setItem('parley.capture', '"360p"');
    localStorage.setItem('parley.preferences', '{"name":"Grace"}');
  });
  const page = await context.newPage();
  // The blank page they leave to has neither a memory nor cameras.
  page.on('pageerror', ({ message }) => page.url() !== 'about:blank' && process.stderr.write(`\n${message}\n`));
  return page;
}
