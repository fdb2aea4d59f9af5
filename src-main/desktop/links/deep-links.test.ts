import { expect, it } from 'vitest';
import { deepLink, linkFromArguments, protocolClient } from './deep-links.ts';

const LINK = 'parley://192.168.1.5:7443/r/a1b2c3d4#fp=xyz';

it.each([
  ['at start', ['/opt/Parley/parley', LINK]],
  ['in development', ['/electron', '/home/x/parley', LINK]],
  ['among what Chromium and the system add', ['/electron', '--inspect=0', '-psn_0_1', LINK, '--no-sandbox', '/home/x']],
])('finds the link %s', (_when, argv) => {
  expect(linkFromArguments(argv)).toBe(LINK);
});

it.each([
  ['nothing', ['/opt/Parley/parley']],
  ['other links', ['parley', 'https://192.168.1.5:7443/r/a1b2c3d4', 'file:///r/a1b2c3d4']],
  ['a link inside an option', ['parley', `--evil=${LINK}`]],
  ['no meeting', ['parley', 'parley://192.168.1.5:7443/settings']],
  ['no address', ['parley', 'parley://']],
  ['another scheme', ['parley', 'parleys://host/r/x']],
  ['no end', ['parley', `parley://host/r/x#t=${'x'.repeat(9000)}`]],
])('finds nothing in %s', (_what, argv) => {
  expect(linkFromArguments(argv)).toBeNull();
});

it('registers the installed program, and in development Electron with the folder of the app', () => {
  const given = { program: '/electron', folder: '/home/x/parley' };
  expect(protocolClient({ packaged: true, ...given })).toEqual(['parley']);
  expect(protocolClient({ packaged: false, ...given })).toEqual(['parley', '/electron', ['/home/x/parley']]);
});

it('takes what macOS hands over one by one', () => {
  expect(deepLink(LINK)).toBe(LINK);
  expect(deepLink('parley://')).toBeNull();
});
