import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';
import type { Access } from './access.ts';
import { type Upgrade, Upgrades } from './upgrades.ts';

let server: Server;
let access: Access;
let upgrades: Upgrades;
let logged: unknown[];

beforeEach(async () => {
  logged = [];
  access = {
    hostAllowed: (host) => host === 'desk.local',
    originAllowed: (origin) => origin === undefined,
    isOwn: () => true,
    isOnOwnNetwork: () => true,
    mayCreateRooms: () => true,
    takeRequest: () => true,
  };
  server = createServer();
  upgrades = new Upgrades(server, {
    access: { ...access, takeRequest: (address) => access.takeRequest(address) },
    log: { info: () => undefined, warn: () => undefined, error: (message) => logged.push(message) },
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(() => server.close());

/** All that is answered until the connection ends. */
async function ask(path: string, headers = 'Host: desk.local') {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.write(`GET ${path} HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n\r\n`);
  await once(socket, 'close');
  return text;
}

const greet = ({ socket, request }: Upgrade) => void socket.end(`hello ${request.url}`);

describe('an upgrade', () => {
  it('is taken by the gateway of its path, whatever the query', async () => {
    upgrades.take('/ws', greet);
    upgrades.take('/events', ({ socket }) => void socket.end('events'));
    await expect(ask('/ws')).resolves.toBe('hello /ws');
    await expect(ask('/ws?token=x')).resolves.toBe('hello /ws?token=x');
    await expect(ask('/events')).resolves.toBe('events');
  });

  it.each(['/', '/wsx', '/ws/', '/WS', '/toString'])('of %s is ended, as nobody takes it', async (path) => {
    upgrades.take('/ws', greet);
    await expect(ask(path)).resolves.toBe('');
  });

  it('is left to a listener of its own', async () => {
    upgrades.ignore('/other/');
    server.on('upgrade', (request, socket) => {
      if (request.url?.startsWith('/other/')) socket.end('mine');
    });
    await expect(ask('/other/?x=1')).resolves.toBe('mine');
  });
});

describe('an upgrade is refused', () => {
  const refusal = (status: number, code: string) => new RegExp(`^HTTP/1.1 ${status} ${code}\r\n[^]*"code":"${code}"`);

  it.each(['Host: evil.example', 'Host: desk.local\r\nOrigin: https://evil.example'])('with %j', async (headers) => {
    upgrades.take('/ws', greet);
    await expect(ask('/ws', headers)).resolves.toMatch(refusal(403, 'FORBIDDEN'));
  });

  it('when its address asks too much', async () => {
    access.takeRequest = () => false;
    upgrades.take('/ws', greet);
    await expect(ask('/ws')).resolves.toMatch(refusal(429, 'RATE_LIMITED'));
  });

  it.each([
    [
      'throws',
      () => {
        throw new ProtocolError('LIMIT', 'Too many.');
      },
    ],
    ['rejects with', () => Promise.reject(new ProtocolError('LIMIT', 'Too many.'))],
  ])('with what its gateway %s', async (_how, fail) => {
    upgrades.take('/ws', fail);
    await expect(ask('/ws')).resolves.toMatch(refusal(429, 'LIMIT'));
    expect(logged).toEqual([]);
  });

  it('when something unforeseen goes wrong, which is logged', async () => {
    upgrades.take('/ws', () => Promise.reject(new TypeError('x is undefined')));
    const answer = await ask('/ws?token=secret');
    expect(answer).toMatch(refusal(500, 'INTERNAL'));
    expect(answer).not.toContain('undefined');
    expect(logged).toEqual(['request failed']);
  });
});
