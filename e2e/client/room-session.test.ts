/** The client core against a real host with a real media worker, over real sockets; only WebRTC itself is not there. */
import { connect as connectTls, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type LiveHost, type LivePerson, startLiveHost } from '../../src-main/host/testing.ts';
import { FakeTrack } from '../../src-renderer/client/devices/testing.ts';
import type { Received } from '../../src-renderer/client/media/subscriptions.ts';
import { RoomSession } from '../../src-renderer/client/session/room-session.ts';
import { SessionTimers } from '../../src-renderer/client/session/timers.ts';
import { MAX_REQUEST_BURST_PER_SOCKET } from '../../src-shared/limits.ts';
import { type Network, networkTo } from './network.ts';

vi.mock('../../src-renderer/client/media/device.ts', () => import('./device.ts'));

const WAIT = { timeout: 10_000, interval: 20 };

let live: LiveHost;
let network: Network;
let roomId: string;
let session: RoomSession;
let received: Received[];
let grace: LivePerson;

const heard = {
  found: vi.fn(),
  ready: vi.fn(),
  admitted: () => null,
  joined: vi.fn(),
  restarted: vi.fn(),
  lost: vi.fn(),
  delayed: vi.fn(),
  recovered: vi.fn(),
  ended: vi.fn(),
};

beforeAll(async () => {
  live = await startLiveHost();
  network = await networkTo(live.host.port);
  setDefaultCACertificates([await certificateOf(live.host.port)]);
});
afterAll(async () => {
  network.close();
  await live.close();
});

beforeEach(async () => {
  vi.clearAllMocks();
  received = [];
  ({ roomId } = await live.makeRoom());
  grace = live.connect();
  await grace.join(roomId, 'Grace');
  const listener = {
    ...heard,
    received: (tracks: readonly Received[]) => {
      received.push(...tracks);
      return Promise.resolve();
    },
  };
  session = new RoomSession({ origin: `https://127.0.0.1:${network.port}`, roomId }, listener, new SessionTimers());
});
afterEach(() => {
  session.leave();
  network.restore();
  live.disconnectAll();
});

async function join(): Promise<void> {
  await vi.waitFor(() => expect(heard.ready).toHaveBeenCalled(), WAIT);
  await session.join('Ada');
  expect(session.state).toBe('joined');
}

const track = (kind: 'audio' | 'video') =>
  new FakeTrack(kind, { deviceId: kind, label: kind }) as unknown as MediaStreamTrack;
const wanted = (kind: 'audio' | 'video') => ({ track: track(kind), paused: false });

it('prepares, joins in one message, and is muted for the others as for oneself', async () => {
  await session.media.send('microphone', wanted('audio'));
  await join();
  const { producerId, source, paused } = await grace.next('newProducer');
  expect([source, paused]).toEqual(['microphone', false]);
  await session.media.send('microphone', { ...wanted('audio'), paused: true });
  await grace.next('producerPaused', (told) => told.producerId === producerId);
});

it('ends for the others a screen that stopped being shared while the host was out of reach', async () => {
  await join();
  await session.media.send('screen', wanted('video'));
  const { producerId } = await grace.next('newProducer');
  network.cut();
  await vi.waitFor(() => expect(session.state).toBe('reconnecting'));
  session.media.stopSending('screen');
  network.restore();
  await vi.waitFor(() => expect(session.state).toBe('joined'), WAIT);
  expect(heard.recovered).toHaveBeenCalled();
  await grace.next('producerClosed', (told) => told.producerId === producerId);
  await session.media.send('screen', wanted('video'));
  expect(await grace.next('newProducer')).toMatchObject({ source: 'screen' });
});

it('is muted for the others in the end, though the request for it was one too many', async () => {
  const microphone = wanted('audio');
  await session.media.send('microphone', microphone);
  await join();
  const { producerId } = await grace.next('newProducer');
  // More than one connection may ask at once.
  for (let count = 0; count < 2 * MAX_REQUEST_BURST_PER_SOCKET; count++) {
    session.request('getProducers', {}).catch(() => undefined);
  }
  const muted = session.media.send('microphone', { ...microphone, paused: true });
  await expect(muted).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await grace.next('producerPaused', (told) => told.producerId === producerId);
});

it('leaves a connection on which nothing comes through any more for another one, and goes on there', async () => {
  await session.media.send('microphone', wanted('audio'));
  await join();
  await grace.next('newProducer');
  network.swallow();
  const begun = Date.now();
  dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(session.state).toBe('reconnecting'), WAIT);
  await vi.waitFor(() => expect(session.state).toBe('joined'), WAIT);
  expect(Date.now() - begun).toBeLessThan(10_000);
  await session.media.send('microphone', { ...wanted('audio'), paused: true });
  await grace.next('producerPaused');
}, 30_000);

async function certificateOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate();
      socket.destroy();
      resolve(`-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`);
    });
    socket.on('error', reject);
  });
}
