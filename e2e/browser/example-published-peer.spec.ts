import { type Examples, servePages } from '../fixtures/examples.ts';
import { Host } from '../fixtures/host.ts';
import { expectFrames } from '../fixtures/media.ts';
import { expect, test } from '../fixtures/test.ts';

/** Two pages that send what a published client sends, not what docs/examples/peer-to-peer sends. */
let pages: Examples;

test.beforeAll(async () => {
  pages = await servePages(new URL('../fixtures/published-peer', import.meta.url));
});

test.afterAll(() => pages.close());

test('two pages that call a candidate iccCandidate see each other', async ({ person }) => {
  const host = await Host.start({ more: ['--allow-origin', pages.origin] });
  try {
    const everyone = [
      await person('Ada', { ignoreHTTPSErrors: true }),
      await person('Bo', { ignoreHTTPSErrors: true }),
    ];
    for (const { page, name } of everyone) {
      const parameters = new URLSearchParams({ host: host.url, room: 'Lab', name });
      await page.goto(`${pages.origin}/?${parameters.toString()}`);
    }
    for (const { page } of everyone) {
      await expectFrames(page.locator('main video'));
      await expect(page.getByRole('status')).toBeEmpty();
    }
  } finally {
    await host.dispose();
  }
});
