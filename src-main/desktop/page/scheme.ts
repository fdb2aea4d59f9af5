/** Serves the window's page from the app's files as `app://parley/…`. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { isLinkPath } from '../../../src-shared/invite.ts';

export const SCHEME = 'app';
export const HOST = 'parley';
export const ORIGIN = `${SCHEME}://${HOST}`;

/** The media types of the files in a build of the page. Other files are not served. */
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.webm': 'video/webm',
  '.mp4': 'video/mp4',
};

/** Whether `address` is a page of the app. Node gives such URLs the origin `null`, so protocol and host are compared. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${SCHEME}:` && host === HOST;
}

/**
 * A handler for the scheme: serves the files under `root`, and `index.html` for every path that the page
 * routes itself (`/`, `/r/…`, `/desk/…`). Supports GET, HEAD and one byte range (RFC 9110, section 14). Serves
 * nothing outside `root`.
 *
 * @param policy the Content-Security-Policy of every response
 */
export function serveApp(root: string, policy: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const file = locate(root, request.url);
    const type = file === null ? undefined : TYPES[extname(file)];
    if (file === null || type === undefined) return refuse(404);
    const bytes = await readFile(file).catch(() => null);
    if (!bytes) return refuse(404);
    const headers = new Headers({
      'content-type': type,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'accept-ranges': 'bytes',
    });
    return answer(request, bytes, headers);
  };
}

/** The path of the file for an address; null: there is none inside `root`. */
function locate(root: string, address: string): string | null {
  if (!isAppAddress(address)) return null;
  const path = decode(new URL(address).pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const base = normalize(root + sep);
  const file = join(base, path === '/' || isLinkPath(path) ? 'index.html' : path);
  return file.startsWith(base) ? file : null;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function answer(request: Request, bytes: Buffer<ArrayBuffer>, headers: Headers): Response {
  const range = parseRange(request.headers.get('range'), bytes.length);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${bytes.length}`);
  headers.set('content-length', String(part.length));
  return new Response(request.method === 'HEAD' ? null : part, { status: range ? 206 : 200, headers });
}

/** One range of `size` bytes, both ends included. Null: the whole file (without the header, or with one that is not supported, as the RFC requires). */
function parseRange(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size) return 'unsatisfiable';
  return start <= end ? { start, end } : null;
}

const refuse = (status: number) => new Response(null, { status });
