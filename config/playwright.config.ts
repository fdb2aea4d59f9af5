import { defineConfig } from '@playwright/test';
import { CHROMIUM } from '../e2e/fixtures/chromium.ts';

/** One project per folder of e2e/: `npm run e2e -- <folder>`. */
export default defineConfig({
  testDir: '../e2e',
  // Others are vitest's.
  testMatch: '**/*.spec.ts',
  // One browser after the other: pictures are encoded in software, and two would share the time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    viewport: { width: 1000, height: 700 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: CHROMIUM,
  },
  // What is left of a failed test stays when the next folder runs.
  projects: ['protocol', 'browser', 'firefox', 'desktop', 'lab'].map((name) => ({
    name,
    testDir: `../e2e/${name}`,
    outputDir: `../test-results/${name}`,
  })),
});
