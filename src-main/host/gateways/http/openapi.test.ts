import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { type Served, serve } from './testing.ts';

let host: Served;
beforeAll(async () => {
  host = await serve();
});
afterAll(() => host.close());

it('describes every call that is routed, and none that is not', () => {
  const routed = host.app.routes
    .filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL' && path !== '/api/openapi.json')
    .map(({ path, method }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const described = Object.entries(openApiDocument('1.2.3').paths)
    // That one is a WebSocket.
    .filter(([path]) => path !== '/api/media/events')
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  expect(described.sort()).toEqual([...new Set(routed)].sort());
});

it('is served whole, and may be kept by nobody', async () => {
  const reply = await host.ask('/api/openapi.json');
  const { paths } = openApiDocument('1.2.3');
  expect(reply.json).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
  expect(Object.keys((reply.json as { paths: object }).paths)).toEqual(Object.keys(paths));
  expect(reply.headers['cache-control']).toBe('no-store');
});
