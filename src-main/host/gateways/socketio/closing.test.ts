import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import { type DirectSocket, SocketIoDirectConnection } from './direct/connection.ts';
import { type MeetingSocket, SocketIoConnection, broadcastIn } from './meeting/connection.ts';

it.each([
  ['of the meeting', (socket: MeetingSocket) => new SocketIoConnection(socket, broadcastIn(socket.nsp))],
  ['of a call peer to peer', (socket: DirectSocket) => new SocketIoDirectConnection(socket)],
])('a connection %s is told why it is closed before it ends', async (_what, connectionOf) => {
  const server = createServer().listen(0);
  const host = new Server(server);
  const { port } = server.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
  const heard: unknown[] = [];
  client.on('removed', (payload) => heard.push(payload));
  const ended = new Promise<string>((resolve) => client.once('disconnect', resolve));
  const [socket] = (await once(host, 'connection')) as [MeetingSocket & DirectSocket];

  connectionOf(socket).close('You were away for too long.');
  await expect(ended).resolves.toBe('io server disconnect');
  expect(heard).toEqual([{ reason: 'You were away for too long.' }]);
  await host.close();
});
