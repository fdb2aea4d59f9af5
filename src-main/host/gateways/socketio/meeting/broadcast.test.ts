import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { type Socket, io } from 'socket.io-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Broadcast, MeetingEvent } from '../../../meeting/index.ts';
import { boundRecovery } from '../recovery.ts';
import { type MeetingNamespace, broadcastIn } from './connection.ts';

/** Fewer than two events to everybody, if each were stored for each of them. */
const STORED = 10;
const COUNT = 6;

let server: Server;
let namespace: MeetingNamespace;
let broadcast: Broadcast;
let clients: Client[];

/** A client, and the names of those whose reactions it was told of, in order. */
interface Client {
  readonly socket: Socket;
  readonly id: string;
  readonly told: string[];
}

beforeEach(async () => {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const port = typeof address === 'object' ? address?.port : null;
  server = new Server(http, { connectionStateRecovery: {} });
  namespace = server.of('/');
  boundRecovery(namespace, STORED);
  broadcast = broadcastIn(namespace);
  clients = await Promise.all(Array.from({ length: COUNT }, () => connect(`http://127.0.0.1:${port}`)));
});
afterEach(async () => {
  for (const { socket } of clients) socket.disconnect();
  await server.close();
});

async function connect(origin: string): Promise<Client> {
  const socket = io(origin, { transports: ['websocket'], forceNew: true, reconnection: false });
  const told: string[] = [];
  socket.on('reaction', ({ userId }: { userId: string }) => told.push(userId));
  await new Promise((resolve) => socket.once('connect', () => resolve(null)));
  return { socket, id: socket.id ?? '', told };
}

const reaction = (userId: string): MeetingEvent => ['reaction', { userId, reaction: '👍' }];
const idsOf = (some: readonly Client[]) => new Set(some.map(({ id }) => id));

it('tells the audience but the one who is excepted, in the order of the calls', async () => {
  const [first, second, ...others] = clients as [Client, Client, ...Client[]];
  const audience = idsOf([first, second]);
  broadcast(reaction('one'), audience);
  broadcast(reaction('two'), audience, second.id);
  broadcast(reaction('three'), audience);
  await vi.waitFor(() => expect(second.told).toEqual(['one', 'three']));
  await vi.waitFor(() => expect(first.told).toEqual(['one', 'two', 'three']));
  expect(others.map(({ told }) => told)).toEqual(others.map(() => []));
});

it('encodes an event once, however many are told', () => {
  const timesRead = (audience: readonly Client[]) => {
    let times = 0;
    const payload = { userId: 'ada', reaction: '👍', toJSON: () => ++times };
    broadcast(['reaction', payload], idsOf(audience));
    return times;
  };
  expect(timesRead(clients)).toBe(timesRead(clients.slice(0, 1)));
});

it('stores an event once for those whose connection is lost, and not what was true for a moment', async () => {
  const audience = idsOf(clients);
  const lost = clients[0] as Client;
  const other = clients[1] as Client;
  broadcast(reaction('before'), audience);
  await vi.waitFor(() => expect(lost.told).toEqual(['before']));
  const gone = once(namespace.sockets.get(lost.id) as unknown as NodeJS.EventEmitter, 'disconnect');
  lost.socket.io.engine.close();
  await gone;
  const missed = Array.from({ length: STORED - 2 }, (_, index) => `missed ${index}`);
  for (const userId of missed) {
    broadcast(reaction(userId), audience);
    broadcast(['audioLevels', { levels: [] }], audience);
  }
  broadcast(reaction('their own'), audience, lost.id);
  lost.socket.connect();
  await vi.waitFor(() => expect(lost.told).toEqual(['before', ...missed]));
  expect(lost.socket.recovered).toBe(true);
  expect(other.told).toEqual(['before', ...missed, 'their own']);
});
