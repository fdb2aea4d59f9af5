/** Over HTTP long-polling: some browsers make no WebSocket to a host whose certificate only the page accepted. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { LiveHost } from '../../src-main/host/testing.ts';
import { RoomSession } from '../../src-renderer/client/session/room-session.ts';
import { SessionTimers } from '../../src-renderer/client/session/timers.ts';
import { hostBehindNetwork } from './host.ts';
import type { Network } from './network.ts';

vi.mock('../../src-renderer/client/media/device.ts', () => import('./device.ts'));
vi.mock('socket.io-client', async (original) => {
  const { io } = await original<{ io: (uri: string, options: object) => unknown }>();
  return { io: (uri: string, options: object) => io(uri, { ...options, transports: ['polling'] }) };
});

const WAIT = { timeout: 10_000, interval: 20 };
/** A dead connection is known after 2 s; what follows takes no time, but on machines that do much else. */
const NOTICED = { timeout: 5_000, interval: 20 };

let live: LiveHost;
let network: Network;

beforeAll(async () => {
  ({ live, network } = await hostBehindNetwork());
});
afterAll(async () => {
  network.close();
  await live.close();
});

it('leaves a dead connection though a request on it is not answered, and misses nothing', async () => {
  const { roomId } = await live.makeRoom();
  const grace = live.connect();
  await grace.join(roomId, 'Grace');
  const heard = {
    found: vi.fn(),
    ready: vi.fn(),
    waiting: vi.fn(),
    admitted: () => null,
    joined: vi.fn(),
    restarted: vi.fn(),
  };
  const more = {
    lost: vi.fn(),
    delayed: vi.fn(),
    recovered: vi.fn(),
    ended: vi.fn(),
    received: () => Promise.resolve(),
  };
  const origin = `https://127.0.0.1:${network.port}`;
  const session = new RoomSession({ origin, roomId }, { ...heard, ...more }, new SessionTimers());
  await vi.waitFor(() => expect(heard.ready).toHaveBeenCalled(), WAIT);
  await session.join('Ada');
  const messages: string[] = [];
  session.on('newMessage', ({ message }) => messages.push(message));
  network.silence();
  session.request('raiseHand', { raised: true }).catch(() => undefined);
  await grace.ask('sendMessage', { roomId, message: 'are you there?' });
  await vi.waitFor(() => expect(session.state).toBe('reconnecting'), NOTICED);
  network.restore();
  await vi.waitFor(() => expect(session.state).toBe('joined'), WAIT);
  await vi.waitFor(() => expect(messages).toEqual(['are you there?']), WAIT);
  expect([more.recovered, heard.joined].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  session.leave();
  await grace.next('peerLeft');
}, 30_000);
