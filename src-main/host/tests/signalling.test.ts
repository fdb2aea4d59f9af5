import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  MAX_PING_BURST_PER_SOCKET,
  MAX_REQUEST_BURST_PER_SOCKET,
  MAX_TRANSPORTS_PER_MINUTE,
  MAX_UNJOINED_SOCKETS_PER_ADDRESS,
} from '../../../src-shared/limits.ts';
import { type CreatedRoom, ProtocolError, type RequestName, requests } from '../../../src-shared/protocol/index.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';

let host: LiveHost;
let room: CreatedRoom;
const allRequests = Object.keys(requests) as RequestName[];

beforeAll(async () => {
  host = await startLiveHost();
  room = await host.makeRoom();
});

afterEach(() => host.disconnectAll());

afterAll(() => host.close());

const has = (error: unknown, code: string) => error instanceof ProtocolError && error.code === code;
const refused = (code: string) => ({ code, message: expect.any(String) as string });

async function inNewRoom() {
  const { roomId } = await host.makeRoom();
  const participant = host.connect();
  await participant.join(roomId, 'ada');
  return participant;
}

describe('connecting', () => {
  it.each([['websocket'], ['polling']])('by %s is greeted', async (transport) => {
    const participant = await host.connect({ transports: [transport] }).connected();
    await expect(participant.next('connection-success')).resolves.toEqual({
      socketId: participant.socket.id,
      protocol: 1,
    });
  });

  it('to a namespace that is none is refused', async () => {
    await expect(host.connect({ namespace: '/elsewhere' }).connected()).rejects.toThrow(/namespace/i);
  });

  it('with a token that is none is refused', async () => {
    await expect(host.connect({ auth: { token: 7 } }).connected()).rejects.toMatchObject({
      data: refused('BAD_REQUEST'),
    });
  });

  it.each([
    ['a foreign Host', { Host: 'evil.example' }],
    ['a foreign Origin', { Origin: 'https://evil.example' }],
  ])('with %s is refused before any upgrade', async (_what, foreign) => {
    await expect(host.connect({ extraHeaders: foreign }).connected()).rejects.toThrow();
    for (const transport of ['websocket', 'polling']) {
      const upgrade = {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      };
      const headers = { ...(transport === 'websocket' && upgrade), ...foreign };
      const reply = await host.ask(`/socket.io/?EIO=4&transport=${transport}`, { headers });
      expect(reply.status).toBe(403);
      expect(JSON.parse(reply.text)).toEqual({ error: refused('FORBIDDEN') });
    }
  });

  it('from the app is allowed, and readable there', async () => {
    const participant = host.connect({ transports: ['polling'], extraHeaders: { Origin: 'app://parley' } });
    await expect(participant.connected()).resolves.toBe(participant);
  });

  it('without joining is for a bounded number of one address', async () => {
    const quiet = await startLiveHost();
    const { roomId } = await quiet.makeRoom();
    const waiting = await Promise.all(
      Array.from({ length: MAX_UNJOINED_SOCKETS_PER_ADDRESS }, () => quiet.connect().connected()),
    );
    await expect(quiet.connect().connected()).rejects.toMatchObject({ data: refused('LIMIT') });
    await waiting[0]?.join(roomId, 'ada');
    await expect(quiet.connect().connected()).resolves.toHaveProperty('socket');
    await quiet.close();
  });
});

describe('a connection', () => {
  /** Polling by hand: what a client of its own would send, and nothing it would read. */
  const polling = async () => {
    const path = '/socket.io/?EIO=4&transport=polling';
    const { sid } = v.parse(v.object({ sid: v.string() }), JSON.parse((await host.ask(path)).text.slice(1)));
    const session = `${path}&sid=${sid}`;
    const headers = { 'Content-Type': 'text/plain' };
    return {
      read: () => host.ask(session),
      send: (...packets: string[]) => host.ask(session, { method: 'POST', headers, body: packets.join('\u001E') }),
    };
  };

  it('that has left the namespace ends', async () => {
    const client = await polling();
    await client.send('40/mediasoup,{}');
    await client.read();
    await client.send('41/mediasoup,');
    await client.read();
    expect((await client.read()).status).toBe(400);
  });

  it('used before ends when it asks for an upgrade elsewhere', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
    const first = get(`${host.origin}/api/host`, { agent });
    const [reply] = (await once(first, 'response')) as [IncomingMessage];
    await once(reply.resume(), 'end');
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
    const upgrade = get(`${host.origin}/elsewhere`, { agent, headers });
    await expect(once(upgrade, 'response')).rejects.toThrow('socket hang up');
    expect(upgrade.reusedSocket).toBe(true);
    agent.destroy();
  });
});

describe('requests', () => {
  it.each(allRequests)('%s refuses what its schema does not describe', async (name) => {
    const participant = await host.connect().connected();
    for (const payload of ['text', 7, true]) {
      await expect(participant.askUnchecked(name, payload)).rejects.toMatchObject(refused('BAD_REQUEST'));
    }
  });

  it.each([
    ['joinRoom', { roomId: 'room', userName: 'x'.repeat(10_000) }],
    ['joinRoom', { roomId: '../etc', userName: 'Ada' }],
    ['joinRoom', { userName: 'Ada' }],
    ['prepare', { roomId: 'room' }],
    ['sendMessage', { roomId: 'room', message: ' ' }],
    ['connectProducerTransport', { dtlsParameters: { fingerprints: [] } }],
    ['produce', { kind: 'hologram', rtpParameters: { codecs: [] } }],
    ['consume', { producerId: 'not-a-uuid', rtpCapabilities: {} }],
    ['consumeAll', {}],
    ['resumeConsumer', {}],
    ['resumeConsumers', { consumerIds: 'all' }],
    ['setPreferredLayers', { consumerId: crypto.randomUUID(), spatialLayer: -1 }],
    ['pauseProducer', { producerId: null }],
    ['restartIce', {}],
    ['raiseHand', { raised: 'yes' }],
    ['react', { reaction: '<b>' }],
    ['setName', { userName: 'a\nb' }],
  ])('%s refuses %j', async (name, payload) => {
    const participant = await host.connect().connected();
    await expect(participant.askUnchecked(name, payload)).rejects.toMatchObject(refused('BAD_REQUEST'));
  });

  it('that nobody knows are refused', async () => {
    const participant = await host.connect().connected();
    for (const name of ['fly', 'constructor', '__proto__', 'toString', 'x'.repeat(10_000)]) {
      await expect(participant.askUnchecked(name, {})).rejects.toMatchObject(refused('BAD_REQUEST'));
    }
  });

  it('need a place in the meeting', async () => {
    const participant = await host.connect().connected();
    const producerId = crypto.randomUUID();
    await expect(participant.ask('getProducers', {})).rejects.toMatchObject(refused('NOT_JOINED'));
    await expect(participant.ask('createProducerTransport', {})).rejects.toMatchObject(refused('NOT_JOINED'));
    await expect(participant.ask('pauseProducer', { producerId })).rejects.toMatchObject(refused('NOT_JOINED'));
    await expect(participant.ask('leaveRoom', {})).rejects.toMatchObject(refused('NOT_JOINED'));
  });

  it('for an unknown room and with a wrong token are answered alike', async () => {
    const participant = await host.connect().connected();
    const join = { roomId: 'nowhere1', userName: 'Ada' };
    const unknown: unknown = await participant.ask('joinRoom', join).catch((error: unknown) => error);
    const wrong = participant.ask('joinRoom', { ...join, roomId: room.roomId, token: 'guess' });
    await expect(wrong).rejects.toEqual(unknown);
    expect(unknown).toMatchObject(refused('NOT_FOUND'));
    const other = await host.makeRoom();
    const foreign = participant.ask('joinRoom', { ...join, roomId: room.roomId, token: other.hostToken });
    await expect(foreign).rejects.toEqual(unknown);
    const rtpCapabilities = {};
    await expect(participant.ask('prepare', { roomId: 'nowhere1', rtpCapabilities })).rejects.toEqual(unknown);
    await expect(participant.ask('getRouterRtpCapabilities', { roomId: 'nowhere1' })).rejects.toEqual(unknown);
  });

  it('may leave out a payload that has nothing required', async () => {
    const participant = await inNewRoom();
    await expect(participant.askUnchecked('getProducers')).resolves.toEqual({ success: true, producers: [] });
    await expect(participant.askUnchecked('getProducers', null)).resolves.toEqual({ success: true, producers: [] });
    await expect(participant.askUnchecked('setName')).rejects.toMatchObject(refused('BAD_REQUEST'));
  });

  it('without a callback, or with one that is none, or with more than they need, are carried out', async () => {
    const participant = await inNewRoom();
    participant.socket.emit('setName', { userName: 'One' });
    await participant.next('participantUpdated', ({ participant }) => participant.userName === 'One');
    participant.socket.emit('setName', { userName: 'Two' }, 'no function');
    await participant.next('participantUpdated', ({ participant }) => participant.userName === 'Two');
    await participant.askUnchecked('setName', { userName: 'Three' }, { more: true }, 7);
    await participant.next('participantUpdated', ({ participant }) => participant.userName === 'Three');
    participant.socket.emit('setName', { userName: '' });
    participant.socket.emit('no such thing');
    await expect(participant.ask('getProducers', {})).resolves.toEqual({ producers: [] });
  });

  it('of 2 MB end the connection, and the host goes on', async () => {
    const participant = await host.connect({ reconnection: false }).connected();
    const ended = participant.disconnected();
    participant.socket.emit('setName', { userName: 'x'.repeat(2 * 1024 * 1024) });
    await expect(ended).resolves.toMatch(/transport/);
    const other = await host.connect().connected();
    await expect(other.capabilities(room.roomId)).resolves.toHaveProperty('codecs');
  });

  it('are bounded by time', async () => {
    const participant = await inNewRoom();
    const results = await Promise.allSettled(
      Array.from({ length: MAX_REQUEST_BURST_PER_SOCKET * 2 }, () => participant.ask('getProducers', {})),
    );
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(failures.length).toBeGreaterThan(0);
    expect(results.length - failures.length).toBeGreaterThanOrEqual(MAX_REQUEST_BURST_PER_SOCKET - 1);
    for (const failure of failures) expect(failure).toMatchObject(refused('RATE_LIMITED'));
  });

  it('leave pings alone, which have a bound of their own, readable or not', async () => {
    const participant = host.connect();
    await participant.connected();
    const refusals = async (name: string, payload: unknown, code: string) => {
      const asked = Array.from({ length: MAX_REQUEST_BURST_PER_SOCKET * 2 }, () =>
        participant.askUnchecked(name, payload),
      );
      const results = await Promise.allSettled(asked);
      return results.filter((result) => result.status === 'rejected' && has(result.reason, code)).length;
    };
    expect(await refusals('getProducers', {}, 'RATE_LIMITED')).toBeGreaterThan(0);
    await expect(participant.ask('ping', {})).resolves.toEqual({});
    expect(await refusals('ping', 'unreadable', 'BAD_REQUEST')).toBeLessThan(MAX_PING_BURST_PER_SOCKET * 2);
    await expect(participant.ask('ping', {})).rejects.toMatchObject(refused('RATE_LIMITED'));
  });

  it('for transports are bounded by time', async () => {
    const participant = await inNewRoom();
    for (let made = 0; made < MAX_TRANSPORTS_PER_MINUTE; made++) await participant.ask('createProducerTransport', {});
    await expect(participant.ask('createProducerTransport', {})).rejects.toMatchObject(refused('RATE_LIMITED'));
  });
});
