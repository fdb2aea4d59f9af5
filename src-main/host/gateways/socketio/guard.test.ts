import { once } from 'node:events';
import { type IncomingMessage, type Server, createServer, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../access.ts';
import { guard } from './guard.ts';

let server: Server;
let port: number;
let access: Access;
let seen: string[];

beforeEach(async () => {
  seen = [];
  access = {
    hostAllowed: (host) => host === 'desk.local',
    originAllowed: (origin) => origin === undefined,
    isOwn: () => true,
    isOnOwnNetwork: () => true,
    mayCreateRooms: () => true,
    takeRequest: (address) => seen.push(address) > 0,
  };
  const asked: Access = { ...access, takeRequest: (address) => access.takeRequest(address) };
  server = createServer((incoming, response) => guard(asked)(incoming, response, () => response.end('in')));
  // As Engine.IO does it: an upgrade has no response of Node's.
  server.on('upgrade', (incoming: IncomingMessage, socket) =>
    guard(asked)(incoming, {}, () => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n')),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});

afterEach(() => server.close());

const get = (headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, headers, agent: false }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text }));
    });
    asking.on('error', reject).end();
  });

const upgrade = (headers: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    socket.write(`GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n\r\n`);
  });

describe('a request', () => {
  it('is let in under a name of the host', async () => {
    const reply = await get({ Host: 'desk.local' });
    expect(reply).toMatchObject({ status: 200, text: 'in' });
    expect(seen).toEqual(['127.0.0.1']);
  });

  it.each([[{ Host: 'evil.example' }], [{ Host: 'desk.local', Origin: 'https://evil.example' }]])(
    'is refused with %j',
    async (headers) => {
      const reply = await get(headers);
      expect(reply.status).toBe(403);
      expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    },
  );

  it('is refused when its address asks too much', async () => {
    access.takeRequest = () => false;
    const reply = await get({ Host: 'desk.local' });
    expect(reply.status).toBe(429);
    expect(JSON.parse(reply.text)).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  });
});

describe('an upgrade', () => {
  it('is let in under a name of the host', async () => {
    await expect(upgrade('Host: desk.local')).resolves.toMatch(/^HTTP\/1.1 101 /);
  });

  it.each(['Host: evil.example', 'Host: desk.local\r\nOrigin: https://evil.example'])(
    'is refused with %j',
    async (headers) => {
      await expect(upgrade(headers)).resolves.toMatch(/^HTTP\/1.1 403 FORBIDDEN\r\n[^]*"code":"FORBIDDEN"/);
    },
  );

  it('is refused when its address asks too much', async () => {
    access.takeRequest = () => false;
    await expect(upgrade('Host: desk.local')).resolves.toMatch(/^HTTP\/1.1 429 RATE_LIMITED\r\n/);
  });
});
