import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_UNREAD_BYTES_PER_HOST, UNREAD_CHECK_BYTES, UNREAD_CHECK_MS } from '../../../src-shared/limits.ts';
import { createTlsPort, type TlsPort } from '../network/tls-port.ts';
import { makeKey, selfSign } from '../network/self-signed.ts';
import { UnreadBuffers } from './unread.ts';

const MIB = 1024 * 1024;

describe('what waits for all connections together', () => {
  it('ends the one with most first, and no more than needed', () => {
    const unread = new UnreadBuffers();
    const ended: string[] = [];
    const add = (name: string, size: number) => unread.add({ size: () => size, end: () => void ended.push(name) });
    const forget = add('half', MAX_UNREAD_BYTES_PER_HOST / 2);
    add('less than half', MAX_UNREAD_BYTES_PER_HOST / 2 - 1);
    add('nothing', 0);
    add('one byte', 1);
    unread.check();
    expect(ended).toEqual([]);
    add('one byte more', 1);
    unread.check();
    expect(ended).toEqual(['half']);
    forget();
    add('much', 2 * MAX_UNREAD_BYTES_PER_HOST);
    add('most', 3 * MAX_UNREAD_BYTES_PER_HOST);
    unread.check();
    expect(ended).toEqual(['half', 'most', 'much']);
    unread.close();
  });

  it('is added up at an interval', () => {
    vi.useFakeTimers();
    const unread = new UnreadBuffers(1);
    const end = vi.fn();
    unread.add({ size: () => 2, end });
    vi.advanceTimersByTime(UNREAD_CHECK_MS - 1);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(end).toHaveBeenCalledOnce();
    unread.close();
    vi.useRealTimers();
  });
});

it('is added up as well whenever much was queued, without waiting for the interval', () => {
  const unread = new UnreadBuffers(1);
  const end = vi.fn();
  unread.add({ size: () => 2, end });
  unread.queued(UNREAD_CHECK_BYTES - 1);
  expect(end).not.toHaveBeenCalled();
  unread.queued(1);
  expect(end).toHaveBeenCalledOnce();
  unread.close();
});

describe('clients that ask and do not read', () => {
  let port: TlsPort;
  let unread: UnreadBuffers;
  let clients: TLSSocket[];

  beforeEach(async () => {
    const key = await makeKey();
    const cert = await selfSign({ key: createPrivateKey(key), names: ['127.0.0.1'], now: Date.now() });
    unread = new UnreadBuffers(40 * MIB);
    port = createTlsPort({ certificate: { key, cert }, hostAllowed: () => true, unread });
    port.server.on('request', (request, response) => {
      response.end(Buffer.alloc(Number(request.url?.slice(1)) * MIB));
    });
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await port.close();
    unread.close();
  });

  it('are ended, those with most unread first, and the others are served', async () => {
    const number = await port.listen(0);
    const ask = async (size: number) => {
      const client = connect({ port: number, host: '127.0.0.1', rejectUnauthorized: false });
      clients.push(client);
      client.on('error', () => undefined);
      await once(client, 'secureConnect');
      const asked = once(port.server, 'request');
      client.write(`GET /${size} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
      await asked;
      return client;
    };
    // 40 MiB together are as many as may be; with the fourth there are more.
    const small = [await ask(10), await ask(10)];
    const large = await ask(20);
    unread.check();
    const last = await ask(10);
    const closed = once(large, 'close');
    large.resume();
    unread.check();
    await closed;
    expect(large.bytesRead).toBeLessThan(20 * MIB);
    let read = 0;
    last.on('data', (chunk: Buffer) => (read += chunk.length));
    await vi.waitFor(() => expect(read).toBeGreaterThan(10 * MIB), { timeout: 4000 });
    expect(small.every(({ destroyed }) => !destroyed)).toBe(true);
  });
});
