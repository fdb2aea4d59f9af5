import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { type Socket, io } from 'socket.io-client';
import { afterEach, expect, it } from 'vitest';
import { MAX_RECOVERABLE_MESSAGES } from '../../../../src-shared/limits.ts';
import { boundRecovery, disableRecovery } from './recovery.ts';

let server: Server;
let user: Socket;
const twins: Socket[] = [];

afterEach(async () => {
  for (const socket of [user, ...twins.splice(0)]) socket.disconnect();
  await server.close();
});

/** A server that recovers connections, and a guest who has been told one thing. */
async function setUp(bound: (namespace: ReturnType<Server['of']>) => void) {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  server = new Server(http, { connectionStateRecovery: {} });
  const namespace = server.of('/');
  bound(namespace);
  const port = typeof address === 'object' ? address?.port : null;
  user = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], autoConnect: false });
  const told: unknown[][] = [];
  user.on('told', (...all: unknown[]) => told.push(all));
  const connected = new Promise((resolve) => user.once('connect', () => resolve(null)));
  user.connect();
  await connected;

  const notify = async (count: number) => {
    const heard = new Promise((resolve) => user.once('last', resolve));
    for (let index = 0; index < count - 1; index++) namespace.emit('told', index);
    namespace.emit('last');
    await heard;
  };
  /** Loses the connection, tells so much meanwhile, and comes back. True: recovered. */
  const comeBack = async (meanwhile: number) => {
    const [lost] = await namespace.fetchSockets();
    const gone = new Promise((resolve) => namespace.sockets.get(lost?.id ?? '')?.once('disconnect', resolve));
    user.io.reconnection(false);
    user.io.engine.close();
    await gone;
    for (let index = 0; index < meanwhile; index++) namespace.emit('told', `missed ${index}`);
    const back = new Promise<boolean>((resolve) => user.once('connect', () => resolve(user.recovered)));
    user.connect();
    return back;
  };
  /** Another connection, which says to be the guest that was lost: whether it is recovered, and ends the other. */
  const takeOver = async () => {
    const ended = new Promise<string>((resolve) => user.once('disconnect', resolve));
    user.io.reconnection(false);
    const twin = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], autoConnect: false, forceNew: true });
    // What the client shows of the connection it had.
    const { _pid, _lastOffset } = user as unknown as Record<'_pid' | '_lastOffset', string>;
    Object.assign(twin, { _pid, _lastOffset });
    twins.push(twin);
    const heard: unknown[] = [];
    twin.on('told', (what: unknown) => heard.push(what));
    const recovered = await new Promise<boolean>((resolve) => {
      twin.once('connect', () => resolve(twin.recovered));
      twin.connect();
    });
    const last = () => new Promise((resolve) => twin.once('last', resolve));
    return { twin, recovered, ended, heard, last };
  };
  return { told, notify, comeBack, takeOver, namespace };
}

it('sends a connection what it has missed', async () => {
  const { told, notify, comeBack } = await setUp(boundRecovery);
  await notify(100);
  told.length = 0;
  await expect(comeBack(4)).resolves.toBe(true);
  await notify(1);
  expect(told.map(([what]) => what)).toEqual(['missed 0', 'missed 1', 'missed 2', 'missed 3']);
});

it.each([
  [MAX_RECOVERABLE_MESSAGES - 1, true],
  [MAX_RECOVERABLE_MESSAGES, false],
])('stores a bounded number of messages: after %i that were missed, recovered: %s', async (missed, recovered) => {
  const { notify, comeBack } = await setUp(boundRecovery);
  // The last message that the connection has received is stored too.
  await notify(1);
  await expect(comeBack(missed)).resolves.toBe(recovered);
});

it('recovers a connection that this host still believes to be alive: that one ends, and the other gets all', async () => {
  const { notify, takeOver, namespace } = await setUp(boundRecovery);
  await notify(2);
  const before = [...namespace.sockets.keys()];
  const { recovered, ended, heard, last } = await takeOver();
  expect(recovered).toBe(true);
  await expect(ended).resolves.toMatch(/transport/);
  expect([...namespace.sockets.keys()]).toEqual(before);
  const over = last();
  namespace.emit('told', 'later');
  namespace.emit('last');
  await over;
  expect(heard).toEqual(['later']);
});

it('leaves one connection, however often it is recovered', async () => {
  const { notify, comeBack, takeOver, namespace } = await setUp(boundRecovery);
  await notify(2);
  await expect(comeBack(1)).resolves.toBe(true);
  const { recovered } = await takeOver();
  expect([recovered, namespace.sockets.size]).toEqual([true, 1]);
});

it('can be turned off: every message is sent, and none is stored', async () => {
  const { told, notify, comeBack } = await setUp(disableRecovery);
  await notify(1001);
  // Socket.IO adds an offset behind the payload of each message that it stores.
  expect(told).toEqual(Array.from({ length: 1000 }, (_, index) => [index]));
  await expect(comeBack(1)).resolves.toBe(false);
});
