/** What pages of other sites make a visitor's browser ask, on a real host. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS, MAX_REQUEST_BURST_PER_ADDRESS } from '../../../src-shared/limits.ts';
import { createAccess } from '../network/access.ts';
import { type LiveHost, startLiveHost } from '../testing.ts';
import { checkRequest } from './request-check.ts';

let live: LiveHost;

beforeEach(async () => {
  live = await startLiveHost({ allowedOrigins: ['https://intranet.example'] });
});
afterEach(() => live.close());

const CROSS_SITE = { 'Sec-Fetch-Site': 'cross-site' };
const IMAGE = { ...CROSS_SITE, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' };
const NAVIGATION = { ...CROSS_SITE, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

const status = async (path: string, headers: Record<string, string>, method = 'GET') =>
  (await live.ask(path, { method, headers })).status;

describe('a page of another site', () => {
  it('cannot use up what its visitor may ask for: images of missing rooms are refused and count against nobody', async () => {
    const { roomId } = await live.makeRoom();
    for (let image = 0; image <= MAX_MISSED_ROOMS_PER_MINUTE_PER_ADDRESS; image++) {
      expect(await status(`/api/rooms/miss-${image}`, IMAGE)).toBe(403);
    }
    expect((await live.ask(`/api/rooms/${roomId}`)).status).toBe(200);
  });

  it('cannot have its visitor refused for too many requests', () => {
    const own = { names: () => ['desk.local'], allowedOrigins: [], create: 'lan', interfaces: () => ({}) } as const;
    const access = createAccess(own);
    const asking = (headers: Record<string, string>) =>
      checkRequest(access, {
        method: 'GET',
        url: '/',
        headers: { host: 'desk.local', ...headers },
        socket: { remoteAddress: '192.0.2.7' },
      });
    for (let image = 0; image <= 2 * MAX_REQUEST_BURST_PER_ADDRESS; image++) {
      expect(() => asking({ 'sec-fetch-site': 'cross-site' })).toThrow('Pages of other sites may not use this host.');
    }
    expect(() => asking({})).not.toThrow();
  });

  it.each([
    ['a frame', '/', { ...NAVIGATION, 'Sec-Fetch-Dest': 'iframe' }],
    ['a script', '/assets/index.js', { ...IMAGE, 'Sec-Fetch-Dest': 'script' }],
    ['a navigation to a call of the API', '/api/host', NAVIGATION],
    ['a navigation to Socket.IO', '/socket.io/?EIO=4&transport=polling', NAVIGATION],
    [
      'a request that sends an origin that is not allowed',
      '/api/host',
      { ...CROSS_SITE, Origin: 'https://evil.example' },
    ],
    ['a WebSocket', '/ws', { ...CROSS_SITE, ...UPGRADE, Origin: 'https://evil.example' }],
    ['a WebSocket of Socket.IO', '/socket.io/?EIO=4&transport=websocket', { ...CROSS_SITE, ...UPGRADE }],
  ])('is refused %s', async (_, path, headers) => {
    expect(await status(path, headers)).toBe(403);
  });

  it('is refused a form that navigates', async () => {
    expect(await status('/', NAVIGATION, 'POST')).toBe(403);
  });
});

describe('let in nevertheless', () => {
  it('is a link in webmail: a top-level navigation to a page', async () => {
    // The built page is not there in this test: what the path leads to is.
    expect(await status('/r/abc-defg-hij', NAVIGATION)).toBe(404);
    expect(await status('/join-video?token=a.b.c', NAVIGATION)).not.toBe(403);
    expect(await status('/dashboard?token=a.b.c', NAVIGATION)).not.toBe(403);
  });

  it.each(['app://parley', 'https://intranet.example'])('are pages of %s', async (origin) => {
    expect(await status('/api/host', { ...CROSS_SITE, 'Sec-Fetch-Mode': 'cors', Origin: origin })).toBe(200);
    expect(
      await status('/socket.io/?EIO=4&transport=polling', { ...CROSS_SITE, 'Sec-Fetch-Mode': 'cors', Origin: origin }),
    ).toBe(200);
  });
});
