/** Starts the system's own Firefox and drives it over WebDriver BiDi, for which it needs no patched build. */
import puppeteer, { type Browser } from 'puppeteer-core';
import { display } from '../fixtures/display.ts';

/** Fake devices, no questions, and no requests of its own; puppeteer turns off updates and reports. */
const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  // Media also flows on a machine whose only interface is loopback, and without names that need mDNS.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'intl.accept_languages': 'en-GB',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/** Firefox with a window: without one there is no screen that it could share. @throws {Error} what to install */
export async function launchFirefox(): Promise<Browser> {
  const executablePath = process.env['PARLEY_FIREFOX'];
  if (!executablePath) throw new Error('PARLEY_FIREFOX is not set: start these tests with npm run e2e -- firefox');
  const shown = await display();
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: false,
    acceptInsecureCerts: true,
    defaultViewport: { width: 1000, height: 700 },
    extraPrefsFirefox: PREFERENCES,
    // Under Wayland the desktop asks which screen to share, and no test can answer.
    env: { ...process.env, MOZ_ENABLE_WAYLAND: '0', ...(shown !== undefined && { DISPLAY: shown }) },
  });
}
