import { defineConfig } from '@playwright/test';

/** Of Chromium where it runs unseen: a camera and a microphone of its own, nothing fetched from elsewhere. */
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // A machine whose only interface is loopback still meets itself.
  '--allow-loopback-in-peer-connection',
];

/** One project per folder of e2e/: `npm run e2e -- <folder>`. */
export default defineConfig({
  testDir: '../e2e',
  outputDir: '../test-results',
  // One browser after the other: pictures are encoded in software, and two would share the time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['PARLEY_BROWSER'] ?? '/usr/bin/chromium',
      args: CHROMIUM_ARGS,
    },
  },
  projects: [{ name: 'browser', testDir: '../e2e/browser' }],
});
