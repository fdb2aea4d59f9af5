/** The HTTP gateway on a real server, its page in a folder of its own, its access as the test wants it. */
import { getRequestListener } from '@hono/node-server';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rooms } from '../../meeting/index.ts';
import { FakeClock, FakeMedia, freshMemory, networkOf } from '../../meeting/testing.ts';
import type { Access } from '../access.ts';
import { SecuredResponse } from '../secured.ts';
import { createHttpApp } from './index.ts';
import { Attendees } from './media/attendees.ts';

export const INDEX = `<!doctype html><title>Parley</title>${'<p>words</p>'.repeat(50)}`;
export const SECRET = 'not for anyone';
export const FINGERPRINT = 'f'.repeat(43);

export interface Reply {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  /** Null: it is not JSON. */
  json: unknown;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export async function serve() {
  const folder = await mkdtemp(join(tmpdir(), 'parley-page-'));
  const pageRoot = join(folder, 'page');
  await mkdir(join(pageRoot, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), SECRET);
  await writeFile(join(pageRoot, 'index.html'), INDEX);
  await writeFile(join(pageRoot, 'assets', 'index-1a2b3c4d.js'), 'void 0;');
  await writeFile(join(pageRoot, 'assets', 'look-1a2b3c4d.css'), 'p {}');
  await writeFile(join(pageRoot, 'assets', 'face-1a2b3c4d.woff2'), Buffer.from([0, 1, 2, 3]));
  await writeFile(join(pageRoot, 'icon.svg'), '<svg/>');

  const logged: unknown[][] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (...line: unknown[]) => void logged.push(line) };
  const access: Access = {
    hostAllowed: (host) => host?.startsWith('127.0.0.1') ?? false,
    originAllowed: (origin, host) => origin === undefined || origin === `http://${host}` || origin === 'app://parley',
    isOwn: () => true,
    isOnOwnNetwork: () => true,
    mayCreateRooms: () => true,
    takeRequest: () => true,
  };
  const media = new FakeMedia();
  const rooms = new Rooms({
    media,
    clock: new FakeClock(),
    log,
    addressKey: networkOf,
    ...freshMemory(),
  });
  const attendees = new Attendees(rooms);
  const identity = {
    name: 'desk',
    version: '1.2.3',
    fingerprint: FINGERPRINT,
    keyInLinks: true,
    url: 'https://192.0.2.1:7443',
  };
  const app = createHttpApp({ rooms, attendees, access, identity, pageRoot, log });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { ServerResponse: SecuredResponse },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  /** The path is sent exactly as written, as no parser of addresses would. */
  const ask = (path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port, path, method, headers }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => {
          const content = Buffer.concat(chunks);
          const text = content.toString();
          const json: unknown = reply.headers['content-type'] === 'application/json' && text ? JSON.parse(text) : null;
          resolve({ status: reply.statusCode, headers: reply.headers, body: content, text, json });
        });
      });
      asking.on('error', reject);
      asking.end(body);
    });

  const create = (body: unknown, headers: Record<string, string> = {}) =>
    ask('/api/rooms', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const close = async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  };
  return { app, access, media, logged, port, ask, create, close };
}

export type Served = Awaited<ReturnType<typeof serve>>;
