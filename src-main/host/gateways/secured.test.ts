import { getRequestListener } from '@hono/node-server';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answerMalformed, SecuredResponse } from './secured.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { refuseUpgrade } from './upgrades.ts';

let server: Server;

beforeEach(async () => {
  server = createServer({ ServerResponse: SecuredResponse });
  answerMalformed(server);
  const answer = getRequestListener(() => new Response('page'), { overrideGlobalObjects: false });
  server.on('request', (request, response) => void answer(request, response));
  server.on('upgrade', (_request, socket) => refuseUpgrade(socket, '/', { code: 'FORBIDDEN', message: 'No.' }));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const say = (request: string): Promise<string> => {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return text(socket);
};

it.each<[what: string, status: number, lines: string[]]>([
  ['a page', 200, ['GET / HTTP/1.1', 'Host: desk']],
  ['a malformed Host', 400, ['GET / HTTP/1.1', 'Host: a b@c']],
  ['no Host', 400, ['GET / HTTP/1.1']],
  ['an expectation nobody can meet', 417, ['GET / HTTP/1.1', 'Host: desk', 'Expect: wonders']],
  ['headers without end', 431, ['GET / HTTP/1.1', 'Host: desk', `X: ${'x'.repeat(64 * 1024)}`]],
  ['no HTTP at all', 400, ['\0\0\0']],
  ['an upgrade that is refused', 403, ['GET / HTTP/1.1', 'Host: desk', 'Upgrade: websocket', 'Connection: Upgrade']],
])('the answer to %s carries the security headers', async (what, status, lines) => {
  const closing = what.includes('upgrade') ? [] : ['Connection: close'];
  const answer = await say([...lines, ...closing, '', ''].join('\r\n'));
  const [head = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  const received = head.toLowerCase();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    expect(received).toContain(`\r\n${name}: ${value}`.toLowerCase());
  }
});
