import { type Context, Hono } from 'hono';
import { LINK_PATHS } from '../../../../src-shared/invite.ts';
import type { PageFile, PageFiles } from './page-files.ts';

const INDEX = '/index.html';
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

/** The meeting's page: one document under its few addresses, and the files it is made of. */
export function pageRoutes(files: PageFiles): Hono {
  const routes = new Hono();
  const index = async (c: Context) => {
    const file = await files.find(INDEX);
    return file ? answer(c, file) : c.notFound();
  };
  routes.get('/', index);
  for (const place of Object.values(LINK_PATHS)) {
    for (const path of [`/${place}/:roomId`, `/${place}/:roomId/`]) routes.get(path, index);
  }
  routes.get('*', async (c) => {
    const file = await files.find(c.req.path);
    if (file) return answer(c, file);
    // A link that was cut off on its way, followed in a browser: its reader finds the home screen, not JSON.
    if (!c.req.header('Accept')?.includes('text/html')) return c.notFound();
    c.status(404);
    return index(c);
  });
  return routes;
}

function answer(c: Context, { type, etag, hashed, content, gzipped }: PageFile): Response {
  c.header('ETag', etag);
  c.header('Cache-Control', hashed ? FOR_EVER : ASK_AGAIN);
  c.header('Vary', 'Accept-Encoding');
  if (c.req.header('If-None-Match')?.includes(etag)) return c.body(null, 304);
  const compressed = acceptsGzip(c.req.header('Accept-Encoding')) ? gzipped : null;
  if (compressed) c.header('Content-Encoding', 'gzip');
  const body = compressed ?? content;
  c.header('Content-Type', type);
  c.header('Content-Length', String(body.byteLength));
  return c.body(body);
}

function acceptsGzip(accepted: string | undefined): boolean {
  return /(^|,)\s*gzip\s*(,|$|;\s*q=(1|0\.\d*[1-9]))/i.test(accepted ?? '');
}
