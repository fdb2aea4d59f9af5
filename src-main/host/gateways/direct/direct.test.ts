import { once } from 'node:events';
import { createServer } from 'node:http';
import { type DefaultEventsMap, Server } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import { hostCalls } from '../../meeting/direct/testing.ts';
import { Connections } from '../socketio/connections.ts';
import { openDirectNamespace } from './index.ts';

it('outlives what goes wrong when somebody leaves', async () => {
  const { direct, invites, client } = hostCalls();
  invites.add({ id: 'doctor', roomId: 'desk', role: 'professional' });
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server = new Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, object>(http, {
    connectionStateRecovery: {},
  });
  const noted = new Promise<unknown>((resolve) => {
    const log = { info: () => undefined, warn: () => undefined, error: (...all: unknown[]) => resolve(all) };
    openDirectNamespace(server.of('/'), { direct, connections: new Connections(), log });
  });
  const address = http.address();
  const port = typeof address === 'object' ? address?.port : null;
  const doctor = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], auth: { token: 'doctor' } });
  await new Promise((resolve) => doctor.once('connect', () => resolve(null)));
  await client('ada');
  const unreadable = new Error('The disk cannot be read.');
  invites.stillValid = () => {
    throw unreadable;
  };
  doctor.disconnect();
  await expect(noted).resolves.toEqual(['The others could not be told who left', { error: unreadable }]);
  await server.close();
});
