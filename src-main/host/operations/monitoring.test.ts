import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_MONITORING_CONNECTIONS } from '../../../src-shared/limits.ts';
import { answeredOf, type LiveHost, startLiveHost } from '../testing.ts';
import { openMonitoring } from './monitoring.ts';

/** One answer of the monitoring port. */
async function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const call = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
  call.end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  return { status: response.statusCode, type: response.headers['content-type'], body: await text(response) };
}

/** The value of a series, as Prometheus' text format writes it. */
function valueOf(body: string, series: string): number {
  const line = body.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? NaN);
}

/** A STUN binding request (RFC 8489) with a user name and nothing else: its transport answers that more is needed. */
function bindingRequest(userName: string): Buffer {
  const padded = Buffer.alloc(Math.ceil(userName.length / 4) * 4);
  padded.write(userName);
  const head = Buffer.alloc(24);
  head.writeUInt16BE(0x0001, 0);
  head.writeUInt16BE(4 + padded.length, 2);
  head.writeUInt32BE(0x2112a442, 4);
  head.writeUInt16BE(0x0006, 20);
  head.writeUInt16BE(userName.length, 22);
  return Buffer.concat([head, padded]);
}

describe('a host that is watched', () => {
  let live: LiveHost;
  let port: number;
  beforeEach(async () => {
    live = await startLiveHost({ monitoring: { port: 0 } });
    port = live.host.monitoringPort ?? 0;
  });
  afterEach(() => live.close());
  const metrics = async () => (await get(port, '/metrics')).body;

  test('is alive and ready, and no longer once it ends', async () => {
    expect(await get(port, '/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
    expect(await get(port, '/readyz')).toMatchObject({ status: 200, body: 'ready\n' });
    await live.host.close('The test is over.');
    await expect(get(port, '/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  test('counts rooms, people, joins and refusals, and says nothing of anybody', async () => {
    const { roomId } = await live.makeRoom();
    const [ada, bo] = [live.connect(), live.connect()];
    await ada.join(roomId, 'Ada Lovelace', { userId: 'Ada-1' });
    await bo.join(roomId, 'Bo Diddley', { userId: 'Bo-1' });
    await expect(live.connect().join('no-such-room', 'Cy')).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const body = await metrics();
    expect(valueOf(body, 'parley_rooms')).toBe(1);
    expect(valueOf(body, 'parley_participants')).toBe(2);
    expect(valueOf(body, 'parley_waiting')).toBe(0);
    expect(valueOf(body, 'parley_join_duration_seconds_count')).toBe(2);
    expect(valueOf(body, 'parley_join_duration_seconds_sum')).toBeGreaterThan(0);
    expect(valueOf(body, 'parley_refusals_total{code="NOT_FOUND"}')).toBe(1);
    expect(valueOf(body, 'parley_refusals_total{code="INTERNAL"}')).toBe(0);
    expect(valueOf(body, 'parley_info{version="1.2.3"}')).toBe(1);
    expect(valueOf(body, 'parley_worker_up{worker="0"}')).toBe(1);
    expect(valueOf(body, 'parley_worker_cpu_seconds_total{worker="0"}')).toBeGreaterThan(0);
    expect(valueOf(body, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    for (const secret of ['Ada', 'Lovelace', 'Diddley', roomId, '127.0.0.1']) expect(body).not.toContain(secret);
  });

  test('measures what transports send, while they are open', async () => {
    const sent = 'parley_media_bits_per_second{worker="0",direction="sent"}';
    const { roomId } = await live.makeRoom();
    const person = live.connect();
    await person.join(roomId, 'Ada');
    const { iceParameters, iceCandidates } = await person.ask('createProducerTransport', {});
    expect(valueOf(await metrics(), sent)).toBe(0);

    const udp = iceCandidates.find(({ protocol }) => protocol === 'udp');
    const socket = createSocket('udp4');
    const question = bindingRequest(`${iceParameters.usernameFragment}:test`);
    await expect
      .poll(async () => {
        socket.send(question, udp?.port, '127.0.0.1');
        return valueOf(await metrics(), sent);
      })
      .toBeGreaterThan(0);
    socket.close();
    person.socket.disconnect();
    await expect.poll(async () => valueOf(await metrics(), sent)).toBe(0);
  });

  test('answers GET and HEAD of its three paths alone', async () => {
    expect((await get(port, '/metrics')).type).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await get(port, '/metrics', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect((await get(port, '/metrics', {}, 'POST')).status).toBe(405);
    expect((await get(port, '/api/host')).status).toBe(404);
  });
});

test('a page elsewhere cannot read the figures by a name of its own for this computer', async () => {
  const monitoring = await openMonitoring({ port: 0, version: '1.2.3' });
  const figures = { rooms: 0, participants: 0, waiting: 0, workers: [] };
  monitoring.watch({ ready: true, figures: () => Promise.resolve(figures) });
  const status = async (host: string) => (await get(monitoring.port, '/metrics', { host })).status;
  expect(await status(`rebound.example:${monitoring.port}`)).toBe(403);
  expect(await status('127.0.0.1.example')).toBe(403);
  for (const host of ['localhost', `127.0.0.1:${monitoring.port}`, '[::1]:9464']) {
    expect(await status(host)).toBe(200);
  }
  await monitoring.close();
});

test('takes so many connections', async () => {
  const monitoring = await openMonitoring({ port: 0, version: '1.2.3' });
  expect(await answeredOf(MAX_MONITORING_CONNECTIONS + 1, { host: '127.0.0.1', port: monitoring.port })).toBe(
    MAX_MONITORING_CONNECTIONS,
  );
  await monitoring.close();
});

test('with a token, the figures are for those who show it', async () => {
  const token = 'correct-horse-battery';
  const monitoring = await openMonitoring({ port: 0, token, version: '1.2.3' });
  const workers = [null];
  monitoring.watch({
    ready: false,
    figures: () => Promise.resolve({ rooms: 0, participants: 0, waiting: 0, workers }),
  });
  const status = async (headers: Record<string, string>) => (await get(monitoring.port, '/metrics', headers)).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: 'Bearer wrong' })).toBe(401);
  expect(await status({ authorization: `Bearer ${token}` })).toBe(200);
  // What starts and stops services has no token.
  expect((await get(monitoring.port, '/healthz')).status).toBe(200);
  expect((await get(monitoring.port, '/readyz')).status).toBe(503);
  await monitoring.close();
});

test('a process that is being replaced is down', async () => {
  const monitoring = await openMonitoring({ port: 0, version: '1.2.3' });
  const workers = [null];
  expect((await get(monitoring.port, '/metrics')).status).toBe(503);
  monitoring.watch({
    ready: false,
    figures: () => Promise.resolve({ rooms: 0, participants: 0, waiting: 0, workers }),
  });
  expect(valueOf((await get(monitoring.port, '/metrics')).body, 'parley_worker_up{worker="0"}')).toBe(0);
  await monitoring.close();
});

test('a port that is taken keeps the host from starting, and leaves nothing open', async () => {
  const monitoring = await openMonitoring({ port: 0, version: '1.2.3' });
  await expect(startLiveHost({ monitoring: { port: monitoring.port } })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  await monitoring.close();
});

/** How many modules of prom-client a host loads until it listens. */
async function loadedOfPromClient(more: object): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-loaded-'));
  const options = { dataDir, port: 0, name: 'desk', version: '1.2.3', pageRoot: dataDir, workerCount: 1, ...more };
  const program = `
    import { registerHooks } from 'node:module';
    let loaded = 0;
    registerHooks({ load(url, context, next) {
      if (url.includes('/prom-client/')) loaded++;
      return next(url, context);
    } });
    const { startHost } = await import(${JSON.stringify(join(import.meta.dirname, '../host.ts'))});
    const ignore = () => undefined;
    const log = { info: ignore, warn: ignore, error: ignore };
    const host = await startHost({ ...${JSON.stringify(options)}, log });
    console.log(loaded);
    await host.close('The test is over.');
  `;
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
    return Number(stdout);
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

test('nothing of prom-client is loaded where nobody watches', { timeout: 60_000 }, async () => {
  expect(await loadedOfPromClient({})).toBe(0);
  expect(await loadedOfPromClient({ monitoring: { port: 0 } })).toBeGreaterThan(0);
});
