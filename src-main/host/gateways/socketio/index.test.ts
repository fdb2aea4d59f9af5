import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Manager, type Socket } from 'socket.io-client';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { MAX_FRAGMENTS } from '../../../../src-shared/limits.ts';
import { DIRECT_NAMESPACE, NAMESPACE } from '../../../../src-shared/protocol/index.ts';
import { hostOneRoom } from '../../meeting/testing.ts';
import { UnreadBuffers } from '../unread.ts';
import { Upgrades } from '../upgrades.ts';
import { attachSocketIo } from './index.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Why a socket is not let in; null: it is. */
const refusal = (socket: Socket) =>
  new Promise<unknown>((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', (error) => resolve('data' in error ? error.data : error));
    socket.connect();
  });

/** A gateway over Socket.IO, on a port of its own. */
async function openGateway(takeRequest: () => boolean = () => true) {
  const access = {
    hostAllowed: () => true,
    originAllowed: () => true,
    isOwn: () => true,
    isOnOwnNetwork: () => true,
    mayCreateRooms: () => true,
    takeRequest,
  };
  const { rooms } = await hostOneRoom();
  const server = createServer();
  const gateway = attachSocketIo(server, {
    rooms,
    access,
    upgrades: new Upgrades(server, { access, log }),
    unread: new UnreadBuffers(),
    log,
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = async () => {
    await gateway.close();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

it.each([
  [NAMESPACE, DIRECT_NAMESPACE],
  [DIRECT_NAMESPACE, NAMESPACE],
])('counts each time that a connection in %s asks to be let into %s', async (inside, wanted) => {
  let ended = Infinity;
  const { port, close } = await openGateway(() => ended-- > 0);
  const options = { transports: ['websocket'], reconnection: false, autoConnect: false };
  const manager = new Manager(`http://127.0.0.1:${port}`, options);
  expect(await refusal(manager.socket(inside))).toBeNull();

  ended = 2;
  const guesser = manager.socket(wanted, { auth: { token: 7 } });
  expect(await refusal(guesser)).toMatchObject({ code: 'BAD_REQUEST' });
  expect(await refusal(guesser)).toMatchObject({ code: 'BAD_REQUEST' });
  expect(await refusal(guesser)).toMatchObject({ code: 'RATE_LIMITED' });

  await close();
});

it('ends a connection whose message comes in more fragments than the limit', async () => {
  const { port, close } = await openGateway();
  const client = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  await once(client, 'message');
  const closed = once(client, 'close');
  for (let count = 0; count < MAX_FRAGMENTS; count++) client.send('x', { fin: false });
  client.send('x', { fin: true });
  expect((await closed)[0]).toBe(1008);
  await close();
});
