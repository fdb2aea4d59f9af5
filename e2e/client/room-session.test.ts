/** The client core against a real host with a real media worker, over real sockets; only WebRTC itself is not there. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { LiveHost, LivePerson } from '../../src-main/host/testing.ts';
import { FakeTrack } from '../../src-renderer/client/devices/testing.ts';
import type { Received } from '../../src-renderer/client/media/subscriptions.ts';
import { RoomSession } from '../../src-renderer/client/session/room-session.ts';
import { SessionTimers } from '../../src-renderer/client/session/timers.ts';
import {
  MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS,
  MAX_REQUEST_BURST_PER_SOCKET,
  MAX_NAME_LENGTH,
} from '../../src-shared/limits.ts';
import { hostBehindNetwork } from './host.ts';
import type { Network } from './network.ts';

vi.mock('../../src-renderer/client/media/device.ts', () => import('./device.ts'));

/** A host and its client in one process, on machines that do much else. */
const OPTIONS = { timeout: 30_000 };
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
  waiting: vi.fn(),
  admitted: () => null,
  joined: vi.fn(),
  restarted: vi.fn(),
  lost: vi.fn(),
  delayed: vi.fn(),
  recovered: vi.fn(),
  ended: vi.fn(),
};

beforeAll(async () => {
  ({ live, network } = await hostBehindNetwork());
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
  begin();
});
afterEach(() => {
  session.leave();
  network.restore();
  live.disconnectAll();
});

/** Somebody begins to prepare. */
function begin(): void {
  const listener = {
    ...heard,
    received: (tracks: readonly Received[]) => {
      received.push(...tracks);
      return Promise.resolve();
    },
  };
  session = new RoomSession({ origin: `https://127.0.0.1:${network.port}`, roomId }, listener, new SessionTimers());
}

async function join(): Promise<void> {
  await vi.waitFor(() => expect(heard.ready).toHaveBeenCalled(), WAIT);
  await session.join('Ada');
  expect(session.state).toBe('joined');
}

const track = (kind: 'audio' | 'video') =>
  new FakeTrack(kind, { deviceId: kind, label: kind }) as unknown as MediaStreamTrack;
const wanted = (kind: 'audio' | 'video') => ({ track: track(kind), paused: false });

it('prepares, joins in one message, and is muted for the others as for oneself', OPTIONS, async () => {
  await session.media.send('microphone', wanted('audio'));
  await join();
  const { producerId, source, paused } = await grace.next('newProducer');
  expect([source, paused]).toEqual(['microphone', false]);
  await session.media.send('microphone', { ...wanted('audio'), paused: true });
  await grace.next('producerPaused', (told) => told.producerId === producerId);
});

it('ends for the others a screen that stopped being shared while the host was out of reach', OPTIONS, async () => {
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

it('is muted for the others in the end, though the request for it was one too many', OPTIONS, async () => {
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

it(
  'leaves a connection on which nothing comes through any more for another one, and misses nothing',
  OPTIONS,
  async () => {
    await session.media.send('microphone', wanted('audio'));
    await join();
    const messages: string[] = [];
    session.on('newMessage', ({ message }) => messages.push(message));
    await grace.next('newProducer');
    network.swallow();
    const begun = Date.now();
    dispatchEvent(new Event('online'));
    // The host takes the connection to be alive still.
    await grace.ask('sendMessage', { roomId, message: 'are you there?' });
    // Not `state`: over loopback the new connection can be there before the next look at it.
    await vi.waitFor(() => expect(heard.recovered).toHaveBeenCalled(), WAIT);
    expect(heard.lost).toHaveBeenCalledOnce();
    expect(session.state).toBe('joined');
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect([heard.recovered, heard.joined].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    await vi.waitFor(() => expect(messages).toEqual(['are you there?']), WAIT);
    await session.media.send('microphone', { ...wanted('audio'), paused: true });
    await grace.next('producerPaused');
    expect(grace.names).not.toContain('producerClosed');
  },
);

it('goes from preparing to ready, joined, reconnecting and back, and stays left', OPTIONS, async () => {
  expect(session.state).toBe('preparing');
  await vi.waitFor(() => expect(session.state).toBe('ready'), WAIT);
  const joining = session.join('Ada');
  expect(session.state).toBe('joining');
  await joining;
  expect(session.state).toBe('joined');
  network.cut();
  await vi.waitFor(() => expect(session.state).toBe('reconnecting'), WAIT);
  network.restore();
  await vi.waitFor(() => expect(session.state).toBe('joined'), WAIT);
  session.leave();
  expect(session.state).toBe('left');
  await grace.next('peerLeft');
});

it('joins once there is a connection again when it is lost after Join was pressed', OPTIONS, async () => {
  await vi.waitFor(() => expect(session.state).toBe('ready'), WAIT);
  network.cut();
  await vi.waitFor(() => expect(heard.lost).toHaveBeenCalled(), WAIT);
  expect(session.state).toBe('preparing');
  const joining = session.join('Ada');
  expect(session.state).toBe('joining');
  network.restore();
  await joining;
  expect([session.state, heard.joined.mock.calls.length]).toEqual(['joined', 1]);
  await grace.next('peer-joined', ({ userName }) => userName === 'Ada');
});

it('is ready again when the host has refused, and joins the next time', OPTIONS, async () => {
  await vi.waitFor(() => expect(session.state).toBe('ready'), WAIT);
  await expect(session.join('x'.repeat(MAX_NAME_LENGTH + 1))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(session.state).toBe('ready');
  await join();
});

// The last: the address stays limited for a while.
it('looks the room up again when the host limits that, and says so', OPTIONS, async () => {
  session.leave();
  vi.clearAllMocks();
  const guesses = Array.from({ length: MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS }, () =>
    live.ask('/api/rooms/nowhere1'),
  );
  await Promise.all(guesses);
  begin();
  await vi.waitFor(() => expect(heard.delayed).toHaveBeenCalled(), WAIT);
  expect(heard.delayed.mock.lastCall?.[0]).toMatchObject({ code: 'RATE_LIMITED' });
  await vi.waitFor(() => expect(heard.ready).toHaveBeenLastCalledWith(null), WAIT);
  expect(heard.ended).not.toHaveBeenCalled();
});
