import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { type Socket, io } from 'socket.io-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProtocolError } from '../../../../src-shared/protocol/index.ts';
import { UnreadBuffers } from '../unread.ts';
import { EngineConnections } from './engine-connections.ts';
import { namespaceMiddleware, connectionListener } from './namespace-middleware.ts';

const warn = vi.fn<(message: string, fields?: object) => void>();
const error = vi.fn<(message: string, fields?: object) => void>();
const log = { info: () => undefined, warn, error };

let host: Server;
let client: Socket;
let connections: EngineConnections;

beforeEach(() => {
  const server = createServer().listen(0);
  host = new Server(server);
  connections = new EngineConnections(new UnreadBuffers());
  const { port } = server.address() as AddressInfo;
  client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnection: false, autoConnect: false });
});

afterEach(async () => {
  client.disconnect();
  await host.close();
  vi.clearAllMocks();
});

const heard = (event: string) => new Promise<unknown>((resolve) => client.once(event, resolve));

/** The end of the connection itself, whatever namespaces it is in. */
const ended = () =>
  new Promise<void>((resolve) => client.io.once('open', () => client.io.engine.once('close', () => resolve())));

it.each([
  ['LIMIT', new ProtocolError('LIMIT', 'Too many.'), 0],
  ['INTERNAL', new TypeError('x is undefined'), 1],
])('says why someone is not let in: %s', async (code, thrown, logged) => {
  host.use(namespaceMiddleware(log, () => Promise.reject(thrown)));
  client.connect();
  await expect(heard('connect_error')).resolves.toMatchObject({ data: { code } });
  expect(error).toHaveBeenCalledTimes(logged);
});

it('ends the connection of someone who cannot be welcomed after all', async () => {
  host.on(
    'connection',
    connectionListener<ServerSocket>(log, (socket) => {
      connections.add(socket);
      throw new ProtocolError('LIMIT', 'Too many.');
    }),
  );
  const connectionEnded = ended();
  client.connect();
  await connectionEnded;
  expect(warn.mock.calls).toEqual([['connection refused', { reason: 'Too many.' }]]);
});

it('ends every connection when the host closes', async () => {
  const welcomed = new Promise<void>((resolve) =>
    host.on('connection', (socket) => {
      connections.add(socket);
      resolve();
    }),
  );
  const connectionEnded = ended();
  client.connect();
  await welcomed;
  await connections.close();
  await connectionEnded;
});
