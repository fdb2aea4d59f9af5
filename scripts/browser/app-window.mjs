// @ts-check

/**
 * The command line that opens a page as an app's window: no tabs, no address, a profile of its own,
 * and one certificate trusted beside the public ones: the host's.
 *
 * @param {object} window
 * @param {string} window.url
 * @param {string | null} window.fingerprint base64url of SHA-256 over the certificate's SPKI; null:
 * unknown, the browser asks the person
 * @param {string} window.profile folder for what the page remembers
 * @param {boolean} window.root whether this is root, for whom Chromium's sandbox does not work
 * @returns {string[]}
 */
export function appWindowArgs({ url, fingerprint, profile, root }) {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    ...(fingerprint === null ? [] : trusting(fingerprint)),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-sync',
    '--window-size=1280,800',
    ...(root ? ['--no-sandbox'] : []),
  ];
}

/** @param {string} fingerprint */
function trusting(fingerprint) {
  return [
    // The flag wants base64 with its padding.
    `--ignore-certificate-errors-spki-list=${Buffer.from(fingerprint, 'base64url').toString('base64')}`,
    // Without it a bar above the page warns of the flag before.
    '--test-type',
  ];
}
