import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppAddress, serveApp } from './scheme.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-scheme-'));
const root = join(folder, 'page');
const serve = serveApp(root, "default-src 'none'");
const get = (address: string, init?: RequestInit) => serve(new Request(address, init));
const range = (bytes: string) => get('app://parley/assets/sound.mp3', { headers: { range: bytes } });

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'page-beside'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets/a.js'), 'export {}');
  writeFileSync(join(root, 'assets/sound.mp3'), '0123456789');
  writeFileSync(join(root, 'assets/notes.txt'), 'no type of a page');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'page-beside/secret.js'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the scheme', () => {
  it('serves the page at every place of it', async () => {
    for (const address of [
      'app://parley/',
      'app://parley/index.html',
      'app://parley/r/a1b2c3d4',
      'app://parley/?x#y',
    ]) {
      const answer = await get(address);
      expect([answer.status, await answer.text()], address).toEqual([200, '<!doctype html>']);
    }
  });

  it('names the type, and carries the policy', async () => {
    const { headers } = await get('app://parley/assets/a.js');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'app://parley/../secret.js',
    'app://parley/%2e%2e/secret.js',
    'app://parley/..%2fsecret.js',
    'app://parley/assets/..%2f..%2fsecret.js',
    'app://parley/..%2fpage-beside/secret.js',
    'app://parley/..%5csecret.js',
    'app://parley/%00/../secret.js',
    'app://parley//etc/passwd',
    'app://parley/assets/missing.js',
    'app://parley/assets/notes.txt',
    'app://parley/assets',
    'app://parley/%E0%A4%A',
    'app://other/index.html',
    'app://parley.evil/index.html',
    'https://parley/index.html',
  ])('has nothing at %s', async (address) => {
    expect((await get(address)).status).toBe(404);
  });

  it('knows GET and HEAD only', async () => {
    expect((await get('app://parley/', { method: 'POST' })).status).toBe(405);
    const head = await get('app://parley/assets/sound.mp3', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('answers %s with that part', async (bytes, text, contentRange) => {
    const answer = await range(bytes);
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      206,
      text,
      contentRange,
    ]);
  });

  it('says how long the file is when a range lies beyond it', async () => {
    const answer = await range('bytes=10-');
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  });

  it.each(['bytes=4-2', 'bytes=-', 'bytes=0-1,3-4', 'lines=1-2'])('ignores %s, as RFC 9110 asks', async (bytes) => {
    const answer = await range(bytes);
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
  });
});

describe('isAppAddress', () => {
  it.each([
    ['app://parley/', true],
    ['app://parley/r/x', true],
    ['app://parley.evil/', false],
    ['app://evil/parley', false],
    ['app:parley', false],
    ['https://parley/', false],
    ['file:///app/parley', false],
    ['about:blank', false],
    ['', false],
  ])('%s: %s', (address, expected) => {
    expect(isAppAddress(address)).toBe(expected);
  });
});
