import { expect, test } from 'vitest';
import { openCommand } from './browser.ts';

test.each([
  ['linux', ['xdg-open', 'https://127.0.0.1:7443/']],
  ['darwin', ['open', 'https://127.0.0.1:7443/']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler', 'https://127.0.0.1:7443/']],
] as const)('%s opens a link without a shell', (platform, command) => {
  expect(openCommand('https://127.0.0.1:7443/', platform)).toEqual(command);
});
