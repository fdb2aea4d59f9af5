import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_OPEN_BODY_BYTES, MAX_ROOMS_PER_MINUTE_PER_ADDRESS } from '../../../../src-shared/limits.ts';
import { FINGERPRINT, type Served, serve } from './testing.ts';

let host: Served;

beforeEach(async () => {
  host = await serve();
});

afterEach(() => host.close());

const failure = (code: string) => ({ error: { code, message: expect.any(String) as string } });

describe('every answer', () => {
  it.each([
    ['/', 'GET'],
    ['/assets/index-1a2b3c4d.js', 'GET'],
    ['/nothing', 'GET'],
    ['/api/host', 'GET'],
    ['/api/nothing', 'GET'],
    ['/api/rooms', 'DELETE'],
    ['/api/rooms', 'OPTIONS'],
  ])('carries the security headers: %s %s', async (path, method) => {
    const { headers } = await host.ask(path, { method });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['permissions-policy']).toMatch(/camera=\(self\).*geolocation=\(\)/);
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('is refused under a foreign name, whatever is asked for', async () => {
    for (const path of ['/', '/api/host', '/assets/index-1a2b3c4d.js', '/nothing']) {
      const reply = await host.ask(path, { headers: { Host: 'evil.example' } });
      expect(reply.status).toBe(403);
      expect(reply.json).toEqual(failure('FORBIDDEN'));
    }
  });

  it('is refused to pages of other sites', async () => {
    const reply = await host.create({ hostName: 'Ada' }, { Origin: 'https://evil.example' });
    expect(reply.status).toBe(403);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    expect(host.media.open).toBe(0);
  });

  it('is refused to those who ask too much', async () => {
    host.access.takeRequest = () => false;
    const reply = await host.ask('/');
    expect(reply.status).toBe(429);
    expect(reply.json).toEqual(failure('RATE_LIMITED'));
  });

  it('takes the address from the socket, not from headers', async () => {
    const seen: string[] = [];
    host.access.takeRequest = (address) => seen.push(address) > 0;
    await host.ask('/', {
      headers: { 'X-Forwarded-For': '10.0.0.1', Forwarded: 'for=10.0.0.1', 'X-Real-IP': '10.0.0.1' },
    });
    expect(seen).toEqual(['127.0.0.1']);
  });
});

describe('pages that may call', () => {
  it('get to read the answer', async () => {
    const reply = await host.ask('/api/host', { headers: { Origin: 'app://parley' } });
    expect(reply.headers['access-control-allow-origin']).toBe('app://parley');
    expect(reply.headers['vary']).toContain('Origin');
  });

  it('are told so beforehand', async () => {
    const headers = { Origin: 'app://parley', 'Access-Control-Request-Method': 'POST' };
    const reply = await host.ask('/api/rooms', { method: 'OPTIONS', headers });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': 'app://parley',
      'access-control-allow-methods': 'GET,HEAD,POST,DELETE',
      'access-control-allow-headers': 'Authorization,Content-Type',
    });
    const foreign = await host.ask('/api/rooms', {
      method: 'OPTIONS',
      headers: { ...headers, Origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('making a room', () => {
  it('answers its id, its host token and a link with the fingerprint', async () => {
    const reply = await host.create({ hostName: ' Ada ', name: 'Standup' });
    expect(reply.status).toBe(201);
    expect(reply.headers['cache-control']).toBe('no-store');
    const { roomId } = reply.json as { roomId: string };
    expect(reply.json).toEqual({
      roomId: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
      hostToken: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      url: `https://192.0.2.1:7443/r/${roomId}#fp=${FINGERPRINT}`,
    });
    const info = await host.ask(`/api/rooms/${roomId}`);
    expect(info.json).toMatchObject({ roomId, name: 'Standup', participants: 0, locked: false, lobby: false });
  });

  it('is for those who may, and says whom to ask', async () => {
    host.access.mayCreateRooms = () => false;
    const reply = await host.create({ hostName: 'Ada' });
    expect(reply.status).toBe(403);
    expect(reply.json).toEqual(failure('FORBIDDEN'));
    expect(reply.text).toContain('Ask one of them');
    await expect(host.ask('/api/host')).resolves.toMatchObject({ json: { mayCreateRooms: false } });
  });

  it.each(['/api/rooms', '/api/media/rooms/createRoom'])(
    'is refused to others before what they say is read: %s',
    async (path) => {
      host.access.mayCreateRooms = () => false;
      const socket = connect(host.port, '127.0.0.1');
      const head = [`POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Type: application/json', 'Content-Length: 9'];
      socket.write(`${head.join('\r\n')}\r\n\r\n{`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1.1 403 /);
      socket.destroy();
    },
  );

  it.each([
    ['malformed JSON', '{"hostName":'],
    ['nothing', ''],
    ['no object', '7'],
    ['no name', '{}'],
    ['a name of 10,000 characters', JSON.stringify({ hostName: 'x'.repeat(10_000) })],
    ['a message too large', JSON.stringify({ hostName: 'Ada', more: 'x'.repeat(MAX_OPEN_BODY_BYTES) })],
  ])('refuses %s', async (_what, body) => {
    const reply = await host.create(body);
    expect(reply.status).toBe(400);
    expect(reply.json).toEqual(failure('BAD_REQUEST'));
    expect(host.media.open).toBe(0);
  });

  it('takes a message of unsaid length, and no more of it than it may have', async () => {
    const headers = { 'Transfer-Encoding': 'chunked' };
    const made = await host.create({ hostName: 'Ada' }, headers);
    expect(made.status).toBe(201);
    const refused = await host.create({ hostName: 'Ada', more: 'x'.repeat(MAX_OPEN_BODY_BYTES) }, headers);
    expect(refused.json).toEqual(failure('BAD_REQUEST'));
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])('refuses %s', async (type) => {
    const reply = await host.create({ hostName: 'Ada' }, { 'Content-Type': type });
    expect(reply.json).toEqual(failure('BAD_REQUEST'));
  });

  it('is bounded by address', async () => {
    for (let made = 0; made < MAX_ROOMS_PER_MINUTE_PER_ADDRESS; made++) {
      expect((await host.create({ hostName: 'Ada' })).status).toBe(201);
    }
    const reply = await host.create({ hostName: 'Ada' });
    expect(reply.status).toBe(429);
    expect(reply.json).toEqual(failure('RATE_LIMITED'));
  });
});

describe('calls that need no token', () => {
  it.each([
    ['/api/rooms', { hostName: 'Ada' }],
    ['/api/validate-link', { token: 'none' }],
    ['/api/media/rooms/createRoom', { name: 'Morning round' }],
    ['/api/media/rooms/createAttendee', { room: 'nowhere', user: 'Ada' }],
  ])('carry little: %s', async (path, message) => {
    const send = (more: string) =>
      host.ask(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...message, more }),
      });
    expect((await send('')).status).not.toBe(400);
    const reply = await send('x'.repeat(MAX_OPEN_BODY_BYTES));
    expect(reply.status).toBe(400);
    expect(reply.text).toContain(`larger than ${MAX_OPEN_BODY_BYTES} bytes`);
  });
});

describe('calls', () => {
  it('say to those on the host’s own networks what may be known there', async () => {
    await host.create({ hostName: 'Ada' });
    await host.create({ hostName: 'Bo', name: 'Lab review', settings: { nearby: 'listed' } });
    await expect(host.ask('/api/nearby')).resolves.toMatchObject({
      status: 200,
      json: { rooms: [{ name: 'Lab review', participants: 0, locked: false }] },
    });
    host.access.isOnOwnNetwork = () => false;
    await expect(host.ask('/api/nearby')).resolves.toMatchObject({ status: 200, json: { rooms: [] } });
  });

  it('say who the host is', async () => {
    await expect(host.ask('/api/host')).resolves.toMatchObject({
      status: 200,
      json: { name: 'desk', version: '1.2.3', fingerprint: FINGERPRINT, mayCreateRooms: true },
    });
  });

  it.each([
    ['GET', '/api/rooms', 400, 'BAD_REQUEST', 'POST'],
    ['DELETE', '/api/rooms/1a2b3c4d', 400, 'BAD_REQUEST', 'GET, HEAD'],
    ['POST', '/api/host', 400, 'BAD_REQUEST', 'GET, HEAD'],
    ['GET', '/api/rooms/1a2b3c4d', 404, 'NOT_FOUND', undefined],
    ['GET', '/api/rooms/..%2f..%2fsecret.txt', 404, 'NOT_FOUND', undefined],
    ['GET', '/api/nothing', 404, 'NOT_FOUND', undefined],
    ['GET', '/api', 404, 'NOT_FOUND', undefined],
    ['POST', '/', 404, 'NOT_FOUND', undefined],
  ])('%s %s is answered %i %s', async (method, path, status, code, allow) => {
    const reply = await host.ask(path, { method });
    expect(reply.status).toBe(status);
    expect(reply.json).toEqual(failure(code));
    expect(reply.headers['allow']).toBe(allow);
  });

  it('that break off are no fault of the host', async () => {
    const socket = connect(host.port, '127.0.0.1');
    const head = ['POST /api/rooms HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: application/json', 'Content-Length: 9'];
    socket.resume().end(`${head.join('\r\n')}\r\n\r\n{`);
    await once(socket, 'close');
    await host.ask('/api/host');
    expect(host.logged).toEqual([]);
  });

  it('that fail unforeseen are logged under the id the answer names, without the query', async () => {
    host.media.openRoom = () => Promise.reject(new Error('out of memory'));
    const reply = await host.ask('/api/rooms?token=secret', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ hostName: 'Ada' }),
    });
    expect(reply.status).toBe(500);
    expect(reply.text).not.toContain('out of memory');
    expect(host.logged).toEqual([
      [
        'request failed',
        { id: expect.any(String) as string, request: 'POST /api/rooms', error: new Error('out of memory') },
      ],
    ]);
    const [[, fields]] = host.logged as [[string, { id: string }]];
    expect(reply.text).toContain(fields.id);
  });
});
