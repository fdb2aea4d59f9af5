import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INDEX, SECRET, type Served, serve } from './testing.ts';

let host: Served;

beforeEach(async () => {
  host = await serve();
});

afterEach(() => host.close());

const failure = (code: string) => ({ error: { code, message: expect.any(String) as string } });

describe('the page', () => {
  it.each(['/', '/r/1a2b3c4d', '/r/1a2b3c4d/', '/desk/1a2b3c4d', '/index.html', '/r/1a2b3c4d?token=t'])(
    'is at %s, and asked for again each time',
    async (path) => {
      const reply = await host.ask(path);
      expect(reply.status).toBe(200);
      expect(reply.text).toBe(INDEX);
      expect(reply.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    },
  );

  it.each([
    ['/assets/index-1a2b3c4d.js', 'text/javascript; charset=utf-8'],
    ['/assets/look-1a2b3c4d.css', 'text/css; charset=utf-8'],
    ['/assets/face-1a2b3c4d.woff2', 'font/woff2'],
  ])('has %s as %s, for ever', async (path, type) => {
    const reply = await host.ask(path);
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('asks again for files whose name does not change', async () => {
    const reply = await host.ask('/icon.svg');
    expect(reply.headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'no-cache',
    });
  });

  it('is not sent again to those who have it', async () => {
    const { headers } = await host.ask('/');
    const reply = await host.ask('/', { headers: { 'If-None-Match': String(headers['etag']) } });
    expect(reply.status).toBe(304);
    expect(reply.body).toHaveLength(0);
  });

  it('is compressed for those who can read that', async () => {
    const reply = await host.ask('/', { headers: { 'Accept-Encoding': 'br, gzip' } });
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(reply.body).toString()).toBe(INDEX);
    const plain = await host.ask('/', { headers: { 'Accept-Encoding': 'gzip;q=0' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('answers HEAD with the same headers and no body', async () => {
    const reply = await host.ask('/', { method: 'HEAD' });
    expect(reply.status).toBe(200);
    expect(reply.headers['content-length']).toBe(String(INDEX.length));
    expect(reply.body).toHaveLength(0);
  });

  it.each([
    '/nothing',
    '/assets/',
    '/assets',
    '/r',
    '/r/',
    '/r/1a2b3c4d/more',
    '/settings',
    '/index.html/',
    '//index.html',
  ])('is not at %s', async (path) => {
    const reply = await host.ask(path);
    expect(reply.status).toBe(404);
    expect(reply.json).toEqual(failure('NOT_FOUND'));
  });

  it.each(['/r/', '/nothing'])('is what a browser shows at %s, though nothing is there', async (path) => {
    const reply = await host.ask(path, { headers: { accept: 'text/html,application/xhtml+xml' } });
    expect([reply.status, reply.text]).toEqual([404, INDEX]);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '/assets\\..\\..\\secret.txt',
    '/%5c..%5csecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e/secret.txt',
    '/..;/secret.txt',
    '/index.html%00.js',
    '/%00',
    '/%',
    '/%e0%a4%a',
    '/....//secret.txt',
    '//etc/passwd',
    '/assets/%c0%ae%c0%ae/secret.txt',
  ])('gives nothing but its own files: %s', async (path) => {
    const reply = await host.ask(path);
    expect(reply.text).not.toContain(SECRET);
    expect(reply.text).not.toContain('root:');
    expect([400, 404]).toContain(reply.status);
  });
});
