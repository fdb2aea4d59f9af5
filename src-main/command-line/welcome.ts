import { toString as drawQrCode } from 'qrcode';
import type { Host } from '../host/host.ts';

/** What a person at a terminal sees once the host is up: where it is, a code to point a phone at, its words. */
export async function welcome({
  name,
  url,
  words,
  keyInLinks,
  addresses,
}: Pick<Host, 'name' | 'url' | 'words' | 'keyInLinks' | 'addresses'>) {
  const code = await drawQrCode(url, { type: 'terminal', small: true });
  const reachable = addresses.length > 0;
  return [
    '',
    `${name} is hosting. Open this link${reachable ? ', or point a phone at the code' : ''}:`,
    '',
    url,
    '',
    ...(reachable ? code.trimEnd().split('\n') : ['There is no network just now: only this computer can reach it.']),
    '',
    ...(keyInLinks
      ? [
          'Browsers warn once, because the certificate is this computer’s own.',
          `Guests are at this host if the page shows: ${words.join(' ')}`,
          'A browser cannot tell whether somebody intercepts the connection; the Parley app checks that.',
          '',
        ]
      : []),
    'Ctrl+C ends the host and all its meetings.',
    '',
  ]
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

/** The line that programs read. */
export function listeningLine({ url, port, fingerprint }: Pick<Host, 'url' | 'port' | 'fingerprint'>): string {
  return JSON.stringify({ event: 'listening', url, port, fingerprint });
}
