import { ServerResponse, createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NAMESPACE, PROTOCOL_VERSION } from '../../../src-shared/protocol/index.ts';
import { RoomSignaling } from './room-signaling.ts';
import type { SignalingListener } from './room-signaling.ts';

const ANSWER = { success: true };
const LIMIT = { code: 'LIMIT', message: 'Too many connections.' };
const producerId = '7a1d3c52-6c0e-4e2f-9d3e-0d9a54e3b6f1';
let io: Server;
let origin: string;
let signaling: RoomSignaling | null = null;
/** The host's ends of the connections, in the order they came. */
let sockets: Socket[];
let protocol: number;

const listener = {
  connected: vi.fn<SignalingListener['connected']>(),
  recovered: vi.fn<SignalingListener['recovered']>(),
  lost: vi.fn<SignalingListener['lost']>(),
  delayed: vi.fn<SignalingListener['delayed']>(),
  refused: vi.fn<SignalingListener['refused']>(),
};

beforeEach(async () => {
  vi.clearAllMocks();
  sockets = [];
  protocol = PROTOCOL_VERSION;
  const server = createServer();
  io = new Server(server, { connectionStateRecovery: {} });
  io.of(NAMESPACE).on('connection', (socket) => {
    sockets.push(socket);
    if (!socket.recovered) socket.emit('connection-success', { socketId: socket.id, protocol });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  signaling?.close();
  await io.close();
});

async function connect(): Promise<{ signaling: RoomSignaling; socket: Socket }> {
  const connected = new RoomSignaling(origin, listener);
  signaling = connected;
  await vi.waitFor(() => expect(listener.connected).toHaveBeenCalled());
  const [socket] = sockets;
  if (!socket) throw new Error('the host has seen nobody');
  return { signaling: connected, socket };
}

describe('a request', () => {
  it('has the host’s answer, without what this client does not know', async () => {
    const { signaling, socket } = await connect();
    const heard = vi.fn();
    socket.on('sendMessage', (payload: unknown, answer: (envelope: unknown) => void) => {
      heard(payload);
      answer({ success: true, messageId: 'm1', mood: 'good' });
    });
    const message = { roomId: 'room', message: 'hi' };
    await expect(signaling.request('sendMessage', message)).resolves.toEqual({ messageId: 'm1' });
    expect(heard).toHaveBeenCalledWith(message);
  });

  it('fails with the host’s code and sentence', async () => {
    const { signaling, socket } = await connect();
    const error = { code: 'LOCKED', message: 'The room is locked.' };
    socket.on('raiseHand', (_payload, answer: (envelope: unknown) => void) => answer({ success: false, error }));
    await expect(signaling.request('raiseHand', { raised: true })).rejects.toMatchObject(error);
  });

  it.each([[null], [{ success: true }], [{ success: false, error: { code: 'NEW', message: '' } }]])(
    'fails when the answer is %j',
    async (envelope) => {
      const { signaling, socket } = await connect();
      socket.on('sendMessage', (_payload, answer: (envelope: unknown) => void) => answer(envelope));
      const sent = signaling.request('sendMessage', { roomId: 'room', message: 'hi' });
      await expect(sent).rejects.toMatchObject({ code: 'INTERNAL' });
    },
  );

  it('fails when the connection goes before the answer comes', async () => {
    const { signaling, socket } = await connect();
    socket.on('raiseHand', () => socket.conn.close());
    await expect(signaling.request('raiseHand', { raised: true })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('fails at once while there is no connection, and is not sent later', async () => {
    const { signaling, socket } = await connect();
    const sent = new Promise((resolve) => {
      listener.lost.mockImplementationOnce(() => resolve(signaling.request('raiseHand', { raised: true })));
    });
    const heard = vi.fn();
    io.of(NAMESPACE).on('connection', (again) => {
      again.on('raiseHand', (payload: unknown, answer: (envelope: unknown) => void) => {
        heard(payload);
        answer({ success: true });
      });
    });
    socket.conn.close();
    await expect(sent).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await vi.waitFor(() => expect(listener.recovered).toHaveBeenCalled());
    await signaling.request('raiseHand', { raised: false });
    expect(heard.mock.calls).toEqual([[{ raised: false }]]);
  });
});

describe('an event', () => {
  it('is heard when it fits its schema, and only then', async () => {
    const { signaling, socket } = await connect();
    const heard = vi.fn();
    signaling.on('producerClosed', heard);
    socket.emit('producerClosed', { producerId: 7 });
    socket.emit('producerClosed');
    socket.emit('fromTheFuture', {});
    socket.emit('producerClosed', { producerId });
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
    expect(heard.mock.calls).toEqual([[{ producerId }]]);
  });

  it('is not heard after its listener was taken back', async () => {
    const { signaling, socket } = await connect();
    const [former, present] = [vi.fn(), vi.fn()];
    signaling.on('mediaRestarted', former)();
    signaling.on('mediaRestarted', present);
    socket.emit('mediaRestarted', {});
    await vi.waitFor(() => expect(present).toHaveBeenCalled());
    expect(former).not.toHaveBeenCalled();
  });
});

describe('a connection that is lost', () => {
  it('comes back where it was, with what was missed', async () => {
    const { signaling, socket } = await connect();
    const heard = vi.fn();
    signaling.on('producerClosed', heard);
    // Recovery needs to know of one packet at least; the greeting is one.
    socket.conn.close();
    io.of(NAMESPACE).to(socket.id).emit('producerClosed', { producerId });
    await vi.waitFor(() => expect(listener.recovered).toHaveBeenCalled());
    expect(listener.lost).toHaveBeenCalledOnce();
    expect(listener.connected).toHaveBeenCalledOnce();
    expect(heard).toHaveBeenCalledWith({ producerId });
    expect(signaling.state).toBe('connected');
  });

  it('comes back afresh where the host has forgotten it', async () => {
    const { socket } = await connect();
    socket.disconnect(true);
    await vi.waitFor(() => expect(listener.connected).toHaveBeenCalledTimes(2));
    expect(listener.lost).toHaveBeenCalledOnce();
  });
});

describe('being in a hurry', () => {
  it('tries at once, not when the next try is due', async () => {
    const { signaling, socket } = await connect();
    const refused = vi.fn();
    const data = { code: 'RATE_LIMITED', message: 'Wait a moment.' };
    io.of(NAMESPACE).use((_socket, next) => {
      refused();
      // After the third refusal in a row nothing is tried for 2.7 s.
      if (refused.mock.calls.length > 3) next();
      else next(Object.assign(new Error('no'), { data }));
    });
    socket.disconnect(true);
    await vi.waitFor(() => expect(refused).toHaveBeenCalledTimes(3), { timeout: 5000 });
    await vi.waitUntil(() => {
      signaling.hurry();
      return signaling.state === 'connected';
    });
    expect(listener.connected).toHaveBeenCalledTimes(2);
  });
});

describe('a socket on which nothing comes any more', () => {
  it('is noticed 2 s after a request, and left for another one', async () => {
    const { signaling, socket } = await connect();
    // The network is gone: nobody closes anything.
    const { transport } = socket.conn;
    vi.spyOn(transport, 'send').mockImplementation(() => undefined);
    const asked = Date.now();
    await expect(signaling.request('raiseHand', { raised: true })).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(Date.now() - asked).toBeGreaterThan(1900);
    expect(Date.now() - asked).toBeLessThan(6000);
    await vi.waitFor(() => expect(signaling.state).toBe('connected'));
    expect(listener.lost).toHaveBeenCalledOnce();
  });

  it('is not one whose host answers other requests meanwhile', async () => {
    const { signaling, socket } = await connect();
    const answers = (_payload: unknown, answer: (envelope: unknown) => void) => void setTimeout(answer, 3000, ANSWER);
    socket.on('raiseHand', answers);
    socket.on('ping', (_payload: unknown, answer: (envelope: unknown) => void) => answer(ANSWER));
    await expect(signaling.request('raiseHand', { raised: true })).resolves.toEqual({});
    expect(listener.lost).not.toHaveBeenCalled();
  });
});

describe('a host that takes no connection just now', () => {
  it.each(['LIMIT', 'RATE_LIMITED'] as const)('says so (%s), and is tried until it does', async (code) => {
    const message = 'Too many connections from this address.';
    let full = 2;
    io.of(NAMESPACE).use((_socket, next) => {
      next(full-- > 0 ? Object.assign(new Error('no'), { data: { code, message } }) : undefined);
    });
    signaling = new RoomSignaling(origin, listener);
    await vi.waitFor(() => expect(listener.connected).toHaveBeenCalledOnce(), { timeout: 5000 });
    expect(listener.delayed.mock.calls.map(([{ code, detail }]) => [code, detail])).toEqual([
      [code, message],
      [code, message],
    ]);
    expect(listener.refused).not.toHaveBeenCalled();
  });

  it('is tried again also when it refused before Socket.IO', async () => {
    let full = 2;
    io.engine.use((request: IncomingMessage, response: unknown, next: () => void) => {
      if (full-- <= 0) next();
      // The WebSocket, which hears no reason, and then the request in its place.
      else if (response instanceof ServerResponse) response.writeHead(429).end(JSON.stringify({ error: LIMIT }));
      else request.socket.destroy();
    });
    signaling = new RoomSignaling(origin, listener);
    await vi.waitFor(() => expect(listener.connected).toHaveBeenCalledOnce(), { timeout: 5000 });
    expect(listener.delayed.mock.lastCall?.[0]).toMatchObject({ code: 'LIMIT' });
  });
});

describe('a host', () => {
  it('that is not there is told of at once', async () => {
    signaling = new RoomSignaling('http://127.0.0.1:1', listener);
    await vi.waitFor(() => expect(listener.refused).toHaveBeenCalled());
    expect(listener.refused.mock.lastCall?.[0].code).toBe('UNREACHABLE');
  });

  it('that speaks another version is not spoken to', async () => {
    protocol = PROTOCOL_VERSION + 1;
    signaling = new RoomSignaling(origin, listener);
    await vi.waitFor(() => expect(listener.refused).toHaveBeenCalled());
    expect(listener.refused.mock.lastCall?.[0].code).toBe('VERSION');
    expect(listener.connected).not.toHaveBeenCalled();
  });

  it('that refuses with a reason is believed', async () => {
    const data = { code: 'FORBIDDEN', message: 'Not from there.' };
    io.of(NAMESPACE).use((_socket, next) => next(Object.assign(new Error('no'), { data })));
    signaling = new RoomSignaling(origin, listener);
    await vi.waitFor(() => expect(listener.refused).toHaveBeenCalled());
    expect(listener.refused.mock.lastCall?.[0]).toMatchObject({ code: 'FORBIDDEN', detail: 'Not from there.' });
  });
});
