import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { listeningLine, welcome } from './welcome.ts';

const host = {
  name: 'Mira’s computer',
  url: 'https://192.168.1.5:7443',
  port: 7443,
  fingerprint: 'A'.repeat(43),
  words: ['abandon', 'ability', 'able', 'about', 'above', 'absent'],
  keyInLinks: true,
  addresses: ['192.168.1.5'],
};

test('shows name, link, code and words, each on a line of its own', async () => {
  const lines = stripVTControlCharacters(await welcome(host)).split('\n');
  expect(lines[1]).toBe('  Mira’s computer is hosting. Open this link, or point a phone at the code:');
  expect(lines).toContain('  https://192.168.1.5:7443');
  expect(lines).toContain('  Guests are at this host if the page shows: abandon ability able about above absent');
  expect(lines.filter((line) => /[▀▄█]/.test(line)).length).toBeGreaterThan(10);
});

test('without a network there is nothing to point a phone at', async () => {
  const text = await welcome({ ...host, url: 'https://127.0.0.1:7443', addresses: [] });
  expect(text).toContain('only this computer can reach it');
  expect(text).not.toMatch(/[▀▄█]/);
});

test('of a certificate that others vouch for there is nothing to compare', async () => {
  const text = await welcome({ ...host, keyInLinks: false });
  expect(text).not.toContain('abandon');
  expect(text).not.toContain('certificate');
});

test('programs get one line', () => {
  expect(JSON.parse(listeningLine(host))).toEqual({
    event: 'listening',
    url: host.url,
    port: 7443,
    fingerprint: host.fingerprint,
  });
  expect(listeningLine(host)).not.toContain('\n');
});
