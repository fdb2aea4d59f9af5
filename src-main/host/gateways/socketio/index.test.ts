import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Manager, type Socket } from 'socket.io-client';
import { expect, it } from 'vitest';
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

it.each([
  [NAMESPACE, DIRECT_NAMESPACE],
  [DIRECT_NAMESPACE, NAMESPACE],
])('counts each time that a connection in %s asks to be let into %s', async (inside, wanted) => {
  let ended = Infinity;
  const access = {
    hostAllowed: () => true,
    originAllowed: () => true,
    isOwn: () => true,
    mayCreateRooms: () => true,
    admit: () => ended-- > 0,
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
  const { port } = server.address() as AddressInfo;
  const options = { transports: ['websocket'], reconnection: false, autoConnect: false };
  const manager = new Manager(`http://127.0.0.1:${port}`, options);
  expect(await refusal(manager.socket(inside))).toBeNull();

  ended = 2;
  const guesser = manager.socket(wanted, { auth: { token: 7 } });
  expect(await refusal(guesser)).toMatchObject({ code: 'BAD_REQUEST' });
  expect(await refusal(guesser)).toMatchObject({ code: 'BAD_REQUEST' });
  expect(await refusal(guesser)).toMatchObject({ code: 'RATE_LIMITED' });

  await gateway.close();
  server.close();
});
