import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { expect, it } from 'vitest';
import { MAX_UNREAD_BYTES } from '../../../../src-shared/limits.ts';
import type { MeetingSocket } from './meeting/connection.ts';
import { UnreadBuffers } from '../unread.ts';
import { EngineConnections } from './engine-connections.ts';

/** `once` of node:events, for the client's own kind of emitter. */
const heard = (client: Socket, event: string) => new Promise<void>((resolve) => client.once(event, () => resolve()));

it.each([
  ['of one byte each', 'x'],
  ['of three bytes each', '☔'],
])('ends a connection that reads nothing, and no other: characters %s', async (_what, character) => {
  const server = createServer().listen(0);
  const host = new Server(server);
  const { port } = server.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
  const [socket] = (await once(host, 'connection')) as [MeetingSocket];
  const unread = new UnreadBuffers();
  new EngineConnections(unread).add(socket);
  const part = { name: character.repeat(MAX_UNREAD_BYTES / 4 / Buffer.byteLength(character)) };

  // One after another they are read.
  for (let sent = 0; sent < 6; sent++) {
    socket.emit('removed', { reason: part.name });
    await heard(client, 'removed');
  }
  expect(socket.connected).toBe(true);

  const disconnected = heard(client, 'disconnect');
  for (let sent = 0; sent < 6; sent++) socket.emit('removed', { reason: part.name });
  expect(socket.connected).toBe(false);
  await disconnected;
  await host.close();
  unread.close();
});
